"""The weekly sample and what people judged of it; and the index that makes counting turns fast.

A sample names turns and holds no text: when a turn's text goes, so does what could be read of it here.
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
# Holds all that the figures count, so that neither database reads the texts of a hundred thousand turns.
TURNS_FIGURES = sa.Index(
    "turns_figures", TURNS.c.at, TURNS.c.status, TURNS.c.channel, TURNS.c.procedure, TURNS.c.conversation, TURNS.c.id
)
COUNTS_FIGURES = sa.Index("counts_figures", COUNTS.c.day, COUNTS.c.aspect, COUNTS.c.n)
