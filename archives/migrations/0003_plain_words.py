"""Each piece of a paper's words also as they are compared, kept whole: unpacking takes longest."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from archives.search.words import normal

BATCH = 1_000
READ = "SELECT id, body FROM archives_searchchunk WHERE id > %s ORDER BY id LIMIT %s"
WRITE = """
UPDATE archives_searchchunk AS chunk SET plain = new.plain
FROM unnest(%s::bigint[], %s::text[]) AS new (id, plain) WHERE chunk.id = new.id
"""


def fill(_apps, schema_editor):
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(READ, [last, BATCH])
            rows = cursor.fetchall()
            if not rows:
                return
            keys, bodies = zip(*rows, strict=True)
            cursor.execute(WRITE, [list(keys), [normal(body) for body in bodies]])
            last = keys[-1]


class Migration(migrations.Migration):
    dependencies = [("archives", "0002_keep_papers_and_answers")]

    operations = [
        migrations.AddField(
            "searchchunk", "plain", models.TextField(default=""), preserve_default=False
        ),
        migrations.RunSQL(
            "ALTER TABLE archives_searchchunk ALTER COLUMN plain SET STORAGE EXTERNAL",
            "ALTER TABLE archives_searchchunk ALTER COLUMN plain SET STORAGE EXTENDED",
        ),
        # Each changed row would put all of its words into the index once more.
        migrations.RemoveIndex("searchchunk", "chunk_words"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex("searchchunk", GinIndex(fields=["words"], name="chunk_words")),
    ]
