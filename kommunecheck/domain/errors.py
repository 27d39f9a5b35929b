"""What the user can put right, said in one Danish sentence. Raised before any case is judged: exit status 2."""


class UserError(Exception):
    """Usage, configuration or input that no report can be made from. The text is Danish and ready to print.

    It never holds a value from the municipality's rows: values can be persons.
    """
