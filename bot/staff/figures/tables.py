"""The weekly sample and what people judged of it; finished days counted up; and the indexes that make counting turns fast.

A sample names turns and holds no text: when a turn's text goes, so does what could be read of it here. A day that is counted up holds
nothing that its turns do not tell; it goes as soon as one of them goes (forget_days.py).
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.gateway.tables import COUNTS, TABLES, TURNS

SAMPLE_WEEKS = sa.Table(
    "staff_sample_weeks",
    TABLES,
    sa.Column("week", sa.String(8), primary_key=True),  # "2026-W47", Vietnam's Monday to Sunday
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("by", sa.String(22), nullable=False),  # Person.id
    sa.Column("population", sa.Integer, nullable=False),  # answers of the week whose text was still kept
    sa.Column("lost", sa.Integer, nullable=False),  # answers of the week whose text was gone already
)
SAMPLE = sa.Table(
    "staff_sample",
    TABLES,
    sa.Column("week", sa.String(8), primary_key=True),
    sa.Column("turn", sa.String(22), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),  # from 1, in the order of chance
)
JUDGEMENTS = sa.Table(
    "staff_judgements",
    TABLES,
    sa.Column("week", sa.String(8), primary_key=True),
    sa.Column("turn", sa.String(22), primary_key=True),
    sa.Column("judge", sa.String(22), primary_key=True),  # Person.id
    sa.Column("judge_name", sa.String(120), nullable=False),  # as of then
    sa.Column("verdict", sa.String(8), sa.CheckConstraint("verdict in ('right', 'wrong', 'unsure')"), nullable=False),
    sa.Column("fault", sa.String(24)),  # a key of words.FAULTS; NULL = none told
    sa.Column("at", sa.Float, nullable=False),
)
DAYS = sa.Table(
    "staff_figure_days",
    TABLES,
    # In this order a kind's rows lie side by side. Vietnam's day, ISO.
    sa.Column("kind", sa.String(10), primary_key=True),  # DAY_KINDS
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("key", sa.String(40), primary_key=True),  # status, channel, hour, code or aspect
    sa.Column("n", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
COUNTED = "counted"
"""Kind of the row that says that a day is counted up; its key is '', its n the day's turns, maybe 0."""
DAY_KINDS = (COUNTED, "status", "channel", "hour", "procedure", "aspect")
# Holds all that the figures count, so that neither database reads the texts of a hundred thousand turns.
TURNS_FIGURES = sa.Index(
    "turns_figures", TURNS.c.at, TURNS.c.status, TURNS.c.channel, TURNS.c.procedure, TURNS.c.conversation, TURNS.c.id
)
COUNTS_FIGURES = sa.Index("counts_figures", COUNTS.c.day, COUNTS.c.aspect, COUNTS.c.n)
# The few turns whose talk and text are still kept.
TURNS_LINKED = sa.Index(
    "turns_linked", TURNS.c.at, TURNS.c.status, TURNS.c.conversation, TURNS.c.id,
    sqlite_where=TURNS.c.conversation.isnot(None), postgresql_where=TURNS.c.conversation.isnot(None),
)
