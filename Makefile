# 常用命令：make setup 安装，make report 检查并生成文档和变化报告，make test 全部测试，make bench 测速。

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: setup report test bench messages constraints clean

setup: .venv/installed
	@echo "已安装：$(BIN)/dutylist"

.venv/installed: pyproject.toml constraints.txt .ci/need
	@sh .ci/need "$(PYTHON)"
	@"$(PYTHON)" -m venv .venv
	@$(PIP) install --constraint constraints.txt --editable .
	@$(BIN)/python -m compileall -q tools/dutylist
	@touch $@

.venv/tested: .venv/installed
	@$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@

report: .venv/installed
	@sh .ci/report

test: .venv/tested
	@sh .ci/need "$(PYTHON)" tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/dutylist check
	$(BIN)/dutylist fmt --check
	$(BIN)/dutylist contract --check
	$(BIN)/pytest --numprocesses auto

bench: .venv/tested
	@$(BIN)/python -m compileall -q tools/dutylist
	$(BIN)/python tests/bench/cold_check.py
	PYTHONPATH=tests $(BIN)/python -m bench.compare

messages: .venv/tested
	$(BIN)/pybabel --quiet compile --domain dutylist --directory tools/dutylist/locale

constraints: .venv/tested
	@$(PIP) freeze --exclude-editable > constraints.txt

clean:
	rm -rf .venv build
