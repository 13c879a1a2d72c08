"""Where everything is kept: tables, units of work, migrations, seals."""
