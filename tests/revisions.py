"""Generates pairs of libraries that are two revisions of one: the same few ids, texts that are alike, ledgers."""

from typing import Any

from hypothesis import strategies as st

from build import TOWNSHIP
from dutylist.model.duty import AnyDuty, BasicDuty, Basis, Kind, ReclaimedDuty, Section, SupportingDuty, Waiver
from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE, Library, TownshipFolder, duty_path
from dutylist.model.record import Record
from dutylist.model.township import Event, EventKind, Ledger
from dutylist.model.vocabulary import Categories, Department, Departments
from strategies import CATEGORIES, townships

IDS = [f"ex-{number:04d}" for number in range(1, 7)]
SPELLINGS = ("示例市水利局", "市水利局", "示例市公安局", "示例市公安局（交警大队）", "示例市公安局(交警大队)", "别处")
TEXTS = (
    "协助开展防汛巡查；",
    "负责开展防汛巡查；",
    "协助开展防汛巡查。",
    "协助开展防汛巡查，及时上报；",
    "在15日内报送名单；",
    "在7日内报送名单；",
    "每年不少于2次培训",
    "每年不少于4次培训",
    "做好 统计工作",
    "做好统计工作",
    "",
)
texts = st.sampled_from(TEXTS)
spellings = st.sampled_from(SPELLINGS)
VOCABULARY = Departments(
    departments=(
        Department(name="示例市水利局", short=("市水利局",)),
        Department(name="示例市公安局", units=("交警大队",)),
    )
)
WITHOUT_SHORT = Departments(departments=(Department(name="示例市水利局"), Department(name="示例市公安局")))


def tuples(elements: st.SearchStrategy[Any], least: int = 0, most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    """Tuples of a few elements."""
    return st.lists(elements, min_size=least, max_size=most).map(tuple)


sections = st.builds(
    Section,
    department=st.none() | spellings,
    topic=st.none() | st.sampled_from(("产地检疫", "调运 检疫")),
    text=st.none() | texts,
    clauses=tuples(texts),
)
_shared: dict[str, Any] = {
    "position": st.integers(1, 4),
    "name": texts,
    "note": st.none() | texts,
    "basis": tuples(
        st.builds(Basis, title=st.sampled_from("甲乙"), article=st.none() | st.sampled_from("一二")), most=2
    ),
    "waivers": tuples(st.builds(Waiver, code=st.just("TX001"), reason=st.just("原文如此")), most=1),
}


def duties(duty_id: str) -> st.SearchStrategy[AnyDuty]:
    """Duties of each list with this id."""
    shared = {"id": st.just(duty_id), **_shared}
    return st.one_of(
        st.builds(BasicDuty, kind=st.just(Kind.BASIC), **shared),
        st.builds(
            SupportingDuty,
            kind=st.just(Kind.SUPPORTING),
            superior_departments=tuples(spellings, 1, 3),
            superior_responsibilities=tuples(sections, 1, 3),
            township_responsibilities=tuples(sections, 1, 3),
            **shared,
        ),
        st.builds(
            ReclaimedDuty,
            kind=st.just(Kind.RECLAIMED),
            receiving_departments=tuples(spellings, 1, 3),
            takeover=tuples(sections, 1, 3),
            **shared,
        ),
    )


some_ids = tuples(st.sampled_from(IDS), 1, 3)
events = st.builds(
    Event,
    kind=st.sampled_from(EventKind),
    origin=some_ids,
    into=tuples(st.sampled_from(IDS), 0, 2),
    reason=st.just("理由"),
    leg=st.none(),
)
ledgers = st.builds(Ledger, next=st.integers(1, 3), last=st.none() | texts, events=tuples(events, most=3))


@st.composite
def revisions(draw: st.DrawFn) -> tuple[Library, Library]:
    """Two libraries; a duty of the second is often the same as, or a rewritten, duty of the first."""
    before: dict[str, Record[AnyDuty]] = {}
    after: dict[str, Record[AnyDuty]] = {}
    for duty_id in IDS:
        one, other = (_record(draw, duty_id) for _ in range(2))
        what = draw(st.sampled_from(("both", "same", "name", "gone", "come", "neither")))
        if what in ("both", "same", "name", "gone"):
            before[duty_id] = one
        if what == "both":
            after[duty_id] = other
        elif what in ("same", "name"):
            after[duty_id] = one
        elif what == "come":
            after[duty_id] = other
    first = _library(draw, before.values())
    return first, _library(draw, after.values(), first if draw(st.booleans()) else None)


def _record(draw: st.DrawFn, duty_id: str) -> Record[AnyDuty]:
    return Record(duty_path(TOWNSHIP, draw(st.sampled_from(CATEGORIES)), duty_id), draw(duties(duty_id)))


def _library(draw: st.DrawFn, records: Any, like: Library | None = None) -> Library:
    """A library of these duties; `like` lends everything else."""
    folder = f"duties/{TOWNSHIP}"
    books = (
        (like.townships[0].township, like.townships[0].ledger)
        if like
        else (
            Record(f"{folder}/township.toml", draw(townships)),
            Record(f"{folder}/ledger.toml", draw(ledgers)),
        )
    )
    ordered = tuple(sorted(records, key=lambda record: record.path.encode()))
    return Library(
        (TownshipFolder(TOWNSHIP, *books, ordered),),
        like.categories
        if like
        else Record(CATEGORIES_FILE, Categories(categories=draw(st.permutations(CATEGORIES).map(tuple)))),
        like.departments if like else Record(DEPARTMENTS_FILE, draw(st.sampled_from((VOCABULARY, WITHOUT_SHORT)))),
    )
