"""The product's own guide in the test's database: loaded once a session, copied from then on."""

from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from content.loading.items import load_guide
from content.loading.ledger import Ledger
from content.loading.look_alikes import load_look_alikes

_rows: dict[type[models.Model], tuple[list[str], list[Any]]] = {}


def give_whole_guide() -> None:
    """Load it as `load_content` does, or copy what an earlier test loaded."""
    if _rows:
        _copy()
    else:
        _load()
        for model in _models():
            _rows[model] = _rows_of(model)


def _load() -> None:
    ledger = Ledger()
    load_guide(ledger)
    load_look_alikes(ledger)
    ledger.save()


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_app_config("content").get_models(include_auto_created=True)
        if "page_ptr" not in {field.name for field in model._meta.fields}
    ]


def _rows_of(model: type[models.Model]) -> tuple[list[str], list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
        return [column[0] for column in cursor.description], cursor.fetchall()


def _copy() -> None:
    quote = connection.ops.quote_name
    # What refers to what is looked at in the end, when all is there.
    with transaction.atomic(), connection.cursor() as cursor:
        for model, (columns, rows) in _rows.items():
            names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_rows)):
            cursor.execute(statement)
