"""What a class has come to, to take home: a table, and a page to print."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from html import escape

from playground.classroom.contests import contest_views
from playground.classroom.live_room import LiveRoom
from playground.classroom.protocol.server import ContestView
from playground.classroom.room import Answer, Seat, Sent
from playground.core.spreadsheets import harmless
from playground.lessons.check import NOT_YET

COLUMNS = (
    "seat", "name", "sent", "title", "step", "prediction", "answer", "reached", "why", "best_accuracy", "best_epoch",
    "edited", "challenge", "score", "link",
)  # fmt: skip


def rows_of(live: LiveRoom) -> Iterator[dict[str, str]]:
    """A row for each seat and each step of everything that it got, then one for each score in a challenge."""
    for seat in live.room.seats.values():
        if seat.guest:
            continue
        for sent in (each for each in live.room.sent if each.reaches(seat.number)):
            yield from _rows(live, seat, sent)
        own = live.of_seat(seat.number).bests.get((0, 0))
        if (own is not None and own.epoch > 0) or not live.room.sent:  # an untrained network is nothing of their own
            yield _row(live, seat, None, 0)
    for _contest, challenge, rows in live.tables:
        for seat, score, text in rows:
            row = dict.fromkeys(COLUMNS, "")
            edited = "yes" if score.edited else "no"
            link = next(each.link for each in seat.scores if each.texts == score.to_texts())
            said = {"challenge": challenge.title, "score": text, "edited": edited, "link": link}
            yield {**row, "seat": str(seat.number), "name": seat.name, "title": challenge.title, **said}


def csv_of(live: LiveRoom) -> str:
    """The table as CSV. What begins like a formula is text for every spreadsheet."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows_of(live):
        writer.writerow({name: harmless(text) for name, text in row.items()})
    return out.getvalue()


def summary_of(live: LiveRoom) -> str:
    """The page to print, HTML without anything that runs or is fetched."""
    room = live.room
    when = datetime.fromtimestamp(room.opened_at, timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    learners = [seat for seat in room.seats.values() if not seat.guest]
    parts = [f"<h1>Room {room.code}</h1><p>{when}. {len(learners)} learners.</p>"]
    parts += [_sent_section(live, sent, learners) for sent in room.sent if sent.to != ()]
    parts += [_contest_section(contest) for contest in contest_views(live.tables, None)]
    body = "".join(parts)
    style = (
        "body{font:14px/1.45 system-ui,sans-serif;margin:2cm;color:#111}table{border-collapse:collapse;width:100%}"
        "th,td{border:1px solid #999;padding:3px 6px;text-align:left;vertical-align:top}section{break-inside:avoid}"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Room {room.code}</title><style>{style}</style>'
        f"<body>{body}</body></html>"
    )


def _sent_section(live: LiveRoom, sent: Sent, learners: list[Seat]) -> str:
    rows = [row for seat in learners if sent.reaches(seat.number) for row in _rows(live, seat, sent)]
    names = ("name", "step", "prediction", "answer", "reached", "best_accuracy")
    cells = [[row[name] for name in names] for row in rows]
    return _section(f"{sent.number}. {sent.title}", "", [name.replace("_", " ") for name in names], cells)


def _contest_section(contest: ContestView) -> str:
    """The table of a challenge, as its teacher sees it."""
    cells = [
        [str(row["place"]), row["name"], row["text"] + (", edited weights" if row["edited"] else "")]
        for row in contest["table"]
    ]
    ended = "" if contest["open"] else " (ended)"
    lead = contest["sentence"] + ("" if cells else " Nobody has handed in anything.")
    return _section(f"Challenge: {contest['title']}{ended}", lead, ["place", "name", "score"], cells)


def _section(title: str, lead: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A heading, a sentence if there is one to say, and a table if there are rows."""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table><tr>{head}</tr>{lines}</table>" if rows or not lead else ""
    said = f"<p>{escape(lead)}</p>" if lead else ""
    return f"<section><h2>{escape(title)}</h2>{said}{table}</section>"


def _rows(live: LiveRoom, seat: Seat, sent: Sent) -> Iterator[dict[str, str]]:
    steps = {answer.step for answer in seat.answers if answer.sent == sent.number}
    steps |= {reached.step for reached in seat.reached if reached.sent == sent.number}
    steps |= {step for number, step in live.of_seat(seat.number).bests if number == sent.number}
    for step in sorted(steps) or [0]:
        yield _row(live, seat, sent, step)


def _row(live: LiveRoom, seat: Seat, sent: Sent | None, step: int) -> dict[str, str]:
    number = 0 if sent is None else sent.number
    verdict = next((each for each in seat.reached if (each.sent, each.step) == (number, step)), None)
    best = live.of_seat(seat.number).bests.get((number, step))
    return {
        "seat": str(seat.number),
        "name": seat.name,
        "sent": str(number) if sent else "",
        "title": sent.title if sent else "their own",
        "step": str(step) if step else "",
        "prediction": _answer(seat.answers, number, step, "predict"),
        "answer": _answer(seat.answers, number, step, "observe"),
        "reached": "" if verdict is None else "yes" if verdict.reached else "not yet",
        "why": "" if verdict is None or verdict.reached else verdict.sentence.removeprefix(f"{NOT_YET} "),
        "best_accuracy": "" if best is None else f"{best.value:.4g}",
        "best_epoch": "" if best is None else str(best.epoch),
        "edited": "" if best is None else "yes" if best.edited else "no",
        "challenge": "",
        "score": "",
        "link": "" if best is None else best.link,
    }


def _answer(answers: tuple[Answer, ...], sent: int, step: int, asked: str) -> str:
    return next((a.text for a in answers if (a.sent, a.step, a.asked) == (sent, step, asked)), "")
