"""Generates records and libraries for laws."""

from typing import Any

from hypothesis import strategies as st

from build import TOWNSHIP
from dutylist.model.duty import AnyDuty, BasicDuty, Basis, Kind, ReclaimedDuty, Section, SupportingDuty, Waiver
from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE, Library, TownshipFolder, duty_path
from dutylist.model.record import Record
from dutylist.model.township import (
    Declared,
    DeclaredKind,
    Event,
    EventKind,
    Ledger,
    PrefaceSection,
    Township,
    TownshipWaiver,
)
from dutylist.model.vocabulary import Categories, Department, Departments

CATEGORIES = ("党的建设", "经济发展", "民生服务")

# Anything that a TOML string can hold: Chinese, quotes, escapes, controls, emoji; halves of surrogate pairs cannot.
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = st.text('做好防汛抗旱宣传工作，。；：（）“”、 a1."\\\n\t‮', max_size=20)
string = words | anything
optional = st.none() | string
reasons = string.map("理由{}".format)


def tuples(elements: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """Tuples of up to three elements."""
    return st.lists(elements, min_size=least, max_size=3).map(tuple)


sections = st.builds(Section, department=optional, topic=optional, text=optional, clauses=tuples(string))
waivers = st.builds(
    Waiver,
    code=string,
    reason=reasons,
    owner=optional,
    until=st.none() | st.dates(),
    fingerprint=optional,
)
bases = st.builds(Basis, title=string, article=optional)
_shared: dict[str, Any] = {
    "id": st.integers(1, 9999).map("ex-{:04d}".format),
    "position": st.integers(0, 999),
    "name": string,
    "note": optional,
    "basis": tuples(bases),
    "waivers": tuples(waivers),
}
duties: st.SearchStrategy[AnyDuty] = st.one_of(
    st.builds(BasicDuty, kind=st.just(Kind.BASIC), **_shared),
    st.builds(
        SupportingDuty,
        kind=st.just(Kind.SUPPORTING),
        superior_departments=tuples(string, 1),
        superior_responsibilities=tuples(sections, 1),
        township_responsibilities=tuples(sections, 1),
        **_shared,
    ),
    st.builds(
        ReclaimedDuty,
        kind=st.just(Kind.RECLAIMED),
        receiving_departments=tuples(string, 1),
        takeover=tuples(sections, 1),
        **_shared,
    ),
)
ids = st.integers(1, 9999).map("ex-{:04d}".format)
events = st.builds(
    Event, kind=st.sampled_from(EventKind), origin=tuples(ids, 1), into=tuples(ids), reason=reasons, leg=optional
)
ledgers = st.builds(Ledger, next=st.integers(1, 99999), last=optional, events=tuples(events))
counted = st.builds(
    DeclaredKind,
    duties=st.integers(0, 999),
    categories=st.none() | st.integers(0, 99),
    departments=st.none() | st.integers(0, 99),
)
townships = st.builds(
    Township,
    name=st.just(TOWNSHIP),
    code=st.just("123456789"),
    prefix=st.just("ex"),
    county=string,
    prefecture=optional,
    province=string,
    title=string,
    published=st.none() | st.dates().map("{:%Y-%m}".format).filter(lambda text: len(text) == 7),
    preface=tuples(st.builds(PrefaceSection, heading=string, paragraphs=tuples(string))),
    waivers=tuples(
        st.builds(
            TownshipWaiver,
            code=string,
            reason=reasons,
            owner=optional,
            until=st.none() | st.dates(),
            fingerprint=string,
        )
    ),
    declared=st.builds(Declared, duties=st.integers(0, 999), basic=counted, supporting=counted, reclaimed=counted),
)
departments = st.builds(
    Departments,
    departments=tuples(
        st.builds(Department, name=string, short=tuples(string), units=tuples(string), wrong=tuples(string))
    ),
)


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    """A library of one township with up to six duties of any content."""
    some = draw(st.lists(duties, max_size=6, unique_by=lambda duty: duty.id))
    records = [Record(duty_path(TOWNSHIP, draw(st.sampled_from(CATEGORIES)), duty.id), duty) for duty in some]
    records.sort(key=lambda record: record.path.encode())
    folder = f"duties/{TOWNSHIP}"
    return Library(
        (
            TownshipFolder(
                TOWNSHIP,
                Record(f"{folder}/township.toml", draw(townships)),
                Record(f"{folder}/ledger.toml", draw(ledgers)),
                tuple(records),
            ),
        ),
        Record(CATEGORIES_FILE, Categories(categories=CATEGORIES)),
        Record(DEPARTMENTS_FILE, draw(departments)),
    )
