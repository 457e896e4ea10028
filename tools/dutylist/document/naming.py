"""Words that the vocabularies do not know yet: categories in printed order, departments with short names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import chain, pairwise

from dutylist.model.text import full_width_brackets
from dutylist.model.vocabulary import Categories, Department, Departments

UNCATEGORISED = "未分类"

# The common short names of a kind of department, written without the county and without 委 before it.
ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "人力资源和社会保障局": ("人社局",),
    "住房和城乡建设局": ("住建局",),
    "卫生健康委员会": ("卫健委",),
    "市场监督管理局": ("市监局", "市场监管局"),
    "发展和改革委员会": ("发改委", "发展和改革委"),
    "商务科技和工业信息化局": ("商科工局",),
    "工业和信息化局": ("工信局",),
    "交通运输局": ("交通局",),
    "残疾人联合会": ("残联",),
    "妇女联合会": ("妇联",),
    "文化体育广播电视和旅游局": ("文旅局",),
    "文化和旅游局": ("文旅局",),
    "国有资产监督管理委员会": ("国资委",),
    "医疗保障局": ("医保局",),
    "林业和草原局": ("林草局",),
    "社会工作部": ("社工部",),
    "人民政府办公室": ("政府办公室", "政府办"),
}


def merged_categories(known: Categories, lists: Iterable[Sequence[str]]) -> Categories:
    """The known categories in their order and the new ones of each list where that list has them.

    A topological order of all lists; of several that may come next, the one that was seen first. Where lists contradict
    each other, the known order comes before the first list, and that before the next.
    """
    chains = [known.categories, *(tuple(dict.fromkeys(one)) for one in lists)]
    seen = list(dict.fromkeys(chain.from_iterable(chains)))
    followers: dict[str, set[str]] = {category: set() for category in seen}
    for above, below in chain.from_iterable(map(pairwise, chains)):
        followers[above].add(below)
    before = Counter(chain.from_iterable(followers.values()))
    ranks = {category: rank for rank, category in enumerate(seen)}
    ready = [rank for rank, category in enumerate(seen) if not before[category]]
    merged: dict[str, None] = {}
    untouched = iter(seen)
    while len(merged) < len(seen):
        # In a circle nothing is ready: what was seen first begins.
        category = seen[heappop(ready)] if ready else next(one for one in untouched if one not in merged)
        if category in merged:
            continue
        merged[category] = None
        for follower in followers[category]:
            before[follower] -= 1
            if not before[follower]:
                heappush(ready, ranks[follower])
    return Categories(categories=tuple(merged))


def with_unknown(vocabulary: Departments, names: Iterable[str], county: str) -> Departments:
    """The vocabulary and, behind its entries, one for each department in `names` that it does not know.

    An inner unit in brackets becomes a unit of the new entry; entries that are there already are not touched.
    """
    claimed = set(vocabulary.spellings)
    units: dict[str, list[str]] = {}
    for name in names:
        base, unit = split_unit(name)
        if not vocabulary.match(base) and not vocabulary.match(name):
            units.setdefault(base, [])
            if unit and unit not in units[base]:
                units[base].append(unit)
    claimed.update(units)
    added = [_entry(name, inner, county, claimed) for name, inner in units.items()]
    return Departments(departments=(*vocabulary.departments, *added))


def split_unit(name: str) -> tuple[str, str]:
    """A department and the inner unit that stands in brackets behind it ("" without one)."""
    key = full_width_brackets(name)
    base, bracket, unit = key.removesuffix("）").partition("（")
    return (base, unit) if bracket and base and unit and key.endswith("）") else (key, "")


def _entry(name: str, units: list[str], county: str, claimed: set[str]) -> Department:
    short = [text for text in short_names(name, county) if text not in claimed]
    claimed.update(short)
    inner = [unit for unit in units if unit not in claimed]
    claimed.update(inner)
    return Department(name=name, short=tuple(short), units=tuple(inner))


def short_names(name: str, county: str) -> tuple[str, ...]:
    """What a county's department is called for short: 阿图什市水利局 is 市水利局 or 水利局."""
    if not county or not name.startswith(county) or name == county:
        return ()
    rest = name[len(county) :]
    party = "委" if rest.startswith("委") and len(rest) > 1 else ""
    body = rest.removeprefix(party)
    front = county[-1] + party
    names = [front + body, body]
    for text in ABBREVIATIONS.get(body, ()):
        # 市监局 has its 市 already.
        names += [text] if text.startswith(front) else [front + text, text]
    return tuple(dict.fromkeys(names))
