from typing import Any

from django.db import migrations
from django.db.models.functions import Lower


def in_small_letters(apps: Any, _editor: Any) -> None:
    apps.get_model("access", "User").objects.update(email=Lower("email"))


class Migration(migrations.Migration):
    dependencies = [("access", "0002_sign_ins")]

    operations = [migrations.RunPython(in_small_letters, migrations.RunPython.noop)]
