"""The journal: who changed what, when, from what to what; append-only, each entry hashed."""

from sqlmodel import Field, SQLModel


class JournalEntry(SQLModel, table=True):
    """One entry; `before` and `after` are canonical JSON of the columns that changed.

    `at` is the real clock in UTC, ISO 8601 with microseconds. `hash` is the SHA-256 over
    `previous` and all other columns (`archive.journal.hasher`). `origin` is empty for what was
    done here; for what came in a bundle, was settled or merged it is canonical JSON that says
    which version the record has now (`duties.exchange.versions`). `login` is the system's user for
    a file, the database's for a server, whatever `operator` says; entries from before have none.
    """

    __tablename__ = "journal"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: str
    operator: str
    action: str
    table: str
    record: str = Field(index=True)
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    origin: str | None = None
    login: str | None = None
    previous: str
    hash: str
