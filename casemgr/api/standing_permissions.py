"""Standing permissions: letters that staff may release without asking an attorney each time."""

from __future__ import annotations

from casemgr.api.nouns import Act, Create, Noun
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.usecases import standing_permissions

PERMISSIONS = Noun(
    path="standing-permissions",
    one="standing permission",
    about="What an attorney lets one member of staff release on a matter, and until when.",
    shape=Shape("StandingPermission", tables.StandingPermission),
    order="given_at",
    newest_first=True,
    filters={"matter": "matter_id", "person": "person_id"},
    create=Create(
        standing_permissions.PermissionInput,
        standing_permissions.give_permission,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "person_id": "P-7F3KQ2X8MP",
            "kinds": ["status_inquiry", "still_interested"],
            "until_on": "2011-01-31",
            "because": "Routine questions while I am in trial.",
        },
        parent="matter_id",
    ),
    acts=(
        Act(
            "taking-back",
            "take_back_standing_permission",
            "End a standing permission from now on",
            standing_permissions.take_back,
            standing_permissions.TakenBack,
            {"because": "The trial is over."},
        ),
    ),
)
