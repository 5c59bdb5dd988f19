"""What all commands share: reading options, opening the archive, saying what was done."""

from __future__ import annotations

from hrintegrity.cli.base.asking import asking_command, asking_command_if
from hrintegrity.cli.base.commands import command, list_command
from hrintegrity.cli.base.done import Columns, Done, Record, Rows, with_columns
from hrintegrity.cli.base.fields import columns_of, field_options, words_of
from hrintegrity.cli.base.importing import import_command
from hrintegrity.cli.base.progress_bar import progress
from hrintegrity.cli.base.publishing import AllowOption, allowed, altered_warnings
from hrintegrity.cli.base.template import TemplateArgument, blank_table
from hrintegrity.cli.program.call import (
    call_of,
    day,
    reading,
    reading_rows,
    ready_to_sign,
    writing,
)
from hrintegrity.cli.program.options import (
    AgenciesArgument,
    AgencyArgument,
    AgencyOrAllArgument,
    AllOption,
    DateOption,
    DistrictOption,
    ForceOption,
    OutputOption,
    ReasonOption,
    RequiredDateOption,
    RequiredReasonOption,
    YearOption,
    choice,
    one_of,
    read_any_date,
    read_any_year,
    read_date,
    read_district,
    read_given,
    read_place,
    read_text,
    read_year,
    to_option,
    word,
)
from hrintegrity.cli.program.words import district_name, source_word, sources, two_places

__all__ = [
    "AgenciesArgument",
    "AgencyArgument",
    "AgencyOrAllArgument",
    "AllOption",
    "AllowOption",
    "Columns",
    "DateOption",
    "DistrictOption",
    "Done",
    "ForceOption",
    "OutputOption",
    "ReasonOption",
    "Record",
    "RequiredDateOption",
    "RequiredReasonOption",
    "Rows",
    "TemplateArgument",
    "YearOption",
    "allowed",
    "altered_warnings",
    "asking_command",
    "asking_command_if",
    "blank_table",
    "call_of",
    "choice",
    "columns_of",
    "command",
    "day",
    "district_name",
    "field_options",
    "import_command",
    "list_command",
    "one_of",
    "progress",
    "read_any_date",
    "read_any_year",
    "read_date",
    "read_district",
    "read_given",
    "read_place",
    "read_text",
    "read_year",
    "reading",
    "reading_rows",
    "ready_to_sign",
    "source_word",
    "sources",
    "to_option",
    "two_places",
    "with_columns",
    "word",
    "words_of",
    "writing",
]
