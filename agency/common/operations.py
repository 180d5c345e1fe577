"""What migrations do that Django has no operation for."""

from django.db.migrations.operations.base import Operation, OperationCategory


class CreateModels(Operation):
    """The tables of an app at once.

    Each CreateModel alone has Django build every model that is related to it anew, and with us all
    are related through the user: a hundred tables cost thousands of classes. Here they are built
    once, when the first table asks for its class. Tables may point to one another in circles.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args = ["tables"]

    def __init__(self, tables):
        self.tables = tables

    def state_forwards(self, app_label, state):
        vars(state).pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return "Create models " + ", ".join(table.name for table in self.tables)

    @property
    def migration_name_fragment(self):
        return "_".join(table.migration_name_fragment for table in self.tables)
