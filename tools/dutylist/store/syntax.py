"""What a TOML syntax error means, in Chinese."""

# tomli's words, each with what an editor should do; the position comes with the error.
_MEANINGS = (
    ("Unterminated string", "引号没有成对；请补上右边的引号"),
    ("Illegal character '\\n'", "一行文字的引号没有闭合；请在行末补上引号"),
    ("Illegal character", "含有不允许的控制字符；请删去"),
    ("Unclosed array", "列表没有闭合；请检查逗号和右方括号 ]"),
    ("Invalid initial character for a key", "这里应为字段名；请检查上一行的引号、逗号和括号是否成对"),
    ("Invalid value", "值的写法不对；文字要加英文引号，日期写作 2026-12-31"),
    ("Expected '=' after a key", "字段名后面缺少等号"),
    ("Expected newline or end of document", "一行只能写一个字段；请检查引号是否成对"),
    ("Cannot overwrite a value", "同一个字段写了两次；请只保留一个"),
    ("Cannot declare", "同一张表写了两次；请合并为一张"),
    ("Cannot mutate immutable namespace", "这里的字段属于一张已经写完的表；请检查方括号"),
    ("Cannot redefine namespace", "同一张表写了两次；请合并为一张"),
    ("Duplicate inline table key", "同一个字段写了两次；请只保留一个"),
    ("Unclosed inline table", "花括号没有闭合；请补上 }"),
    ("Unescaped '\\'", "反斜杠要写成两个 \\\\"),
    ("Invalid hex value", "转义写法不完整；反斜杠要写成两个 \\\\"),
    ("Escaped character is not a Unicode scalar value", "转义写法不是有效字符"),
    ("Expected ']'", "表头的方括号没有成对"),
    ("Invalid date or datetime", "没有这个日期"),
    ("Invalid statement", "这一行不是“字段 = 值”的形式；请检查上一行的引号、逗号和括号是否成对"),
    ("Found invalid character", "含有不允许的控制字符；请删去"),
)


def explain(message: str, text: str, at: int) -> tuple[str, int]:
    """The parser's message in Chinese, with what to do, and the offset where the trouble starts.

    An unknown message is kept behind a general sentence.
    """
    if at >= len(text):
        return "TOML 语法错误：文件到这里就断了；请检查引号、逗号和括号是否成对。", at
    # Something said twice is told behind its value; the line is what has to go.
    start = text.rfind("\n", 0, at) + 1 if message.startswith("Cannot") else at
    for beginning, meaning in _MEANINGS:
        if message.startswith(beginning):
            return f"TOML 语法错误：{meaning}。", start
    return f"TOML 语法错误：请检查引号、逗号和括号是否成对（{message}）。", start
