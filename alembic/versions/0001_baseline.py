"""The whole schema, and the triggers that keep history append-only.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("short_name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("parent_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("foia_office", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("portal", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("regulation", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("appeals_to", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("holds", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["agency.id"],
            name=op.f("fk_agency_parent_id_agency"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
    )
    op.create_table(
        "attempt",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=128), nullable=False),
        sa.Column("tried", sa.JSON(), nullable=False),
        sa.Column("last_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_last_at"), ["last_at"], unique=False)

    op.create_table(
        "blob",
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "court",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("caption", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("cites_as", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("zone", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("appeals_to", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["appeals_to"],
            ["court.id"],
            name=op.f("fk_court_appeals_to_court"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("says", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "history_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column("person_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column("subject_kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("subject_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("seal", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_history_entry")),
    )
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.create_index("ix_history_entry_matter", ["matter_id", "seq"], unique=False)
        batch_op.create_index(
            "ix_history_entry_subject", ["subject_kind", "subject_id", "seq"], unique=False
        )

    op.create_table(
        "history_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("seal", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_history_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_head")),
    )
    op.create_table(
        "matter",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "closed",
                name="matter_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
    )
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matter_known_on"), ["known_on"], unique=False)

    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("zone", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("seeds", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("law_version", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "organisation",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("short_name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_known_on"), ["known_on"], unique=False)

    op.create_table(
        "person",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "student",
                "staff",
                "attorney",
                "administrator",
                "guest",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("office_wide", sa.Boolean(), nullable=False),
        sa.Column("term_ends_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "answered",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("matters", sa.JSON(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_answered_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answered")),
    )
    with op.batch_alter_table("answered", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answered_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_answered_person_id"), ["person_id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "read",
                "write",
                name="token_scope",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revoked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_api_token_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_person_id"), ["person_id"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "shows",
            sa.Enum(
                "mine",
                "all",
                "matter",
                "role",
                name="feed_of",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("about_matter_id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column(
            "about_role",
            sa.Enum(
                "student",
                "staff",
                "attorney",
                "administrator",
                "guest",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("neutral", sa.Boolean(), nullable=False),
        sa.Column("alarms", sa.Boolean(), nullable=False),
        sa.Column("secret_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revoked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "shows <> 'matter' OR about_matter_id IS NOT NULL",
            name=op.f("ck_calendar_feed_has_its_matter"),
        ),
        sa.CheckConstraint(
            "shows <> 'role' OR about_role IS NOT NULL", name=op.f("ck_calendar_feed_has_its_role")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_calendar_feed_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feed_secret_hash")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_person_id"), ["person_id"], unique=False)

    op.create_table(
        "challenge",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("browser_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "asked",
            sa.Enum(
                "new_passkey",
                "passkey",
                "sso",
                name="asked",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ends_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_challenge_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_challenge")),
    )
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "closure",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "clerk_inaccessible",
                "agency_closed",
                name="closure_of",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("court_id", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=True),
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("entered_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column(
            "withdrawn_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False
        ),
        sa.CheckConstraint(
            "(kind = 'clerk_inaccessible' AND court_id IS NOT NULL AND agency_id IS NULL) OR (kind = 'agency_closed' AND court_id IS NULL)",
            name=op.f("ck_closure_of_a_court_or_of_agencies"),
        ),
        sa.CheckConstraint("until_on >= first_on", name=op.f("ck_closure_in_order")),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["person.id"],
            name=op.f("fk_closure_entered_by_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    with op.batch_alter_table("closure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closure_known_on"), ["known_on"], unique=False)

    op.create_table(
        "contact",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
            name=op.f("fk_contact_agency_id_agency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contact_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_known_on"), ["known_on"], unique=False)

    op.create_table(
        "document",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("addressee", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column(
            "certainty",
            sa.Enum(
                "exact",
                "about",
                "month",
                "unknown",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_document_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blob.sha256"], name=op.f("fk_document_sha256_blob"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "emergency",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_for", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("until_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("because <> ''", name=op.f("ck_emergency_has_reason")),
        sa.CheckConstraint(
            "(ended_by IS NULL) = (ended_at IS NULL)", name=op.f("ck_emergency_ended_by_somebody")
        ),
        sa.CheckConstraint(
            "(opened_by IS NULL) = (opened_at IS NULL) AND (opened_by IS NULL) = (until_at IS NULL) AND (opened_by IS NULL OR (opened_by <> person_id AND matter_id IS NOT NULL))",
            name=op.f("ck_emergency_opened_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["person.id"],
            name=op.f("fk_emergency_ended_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_emergency_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["person.id"],
            name=op.f("fk_emergency_opened_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_emergency_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency")),
    )
    with op.batch_alter_table("emergency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_emergency_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_emergency_person_id"), ["person_id"], unique=False)

    op.create_table(
        "flag",
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("subject_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("says", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_flag_matter_id_matter"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
        sa.UniqueConstraint("matter_id", "number", name=op.f("uq_flag_matter_id_number")),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index("ix_flag_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "foia_request",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("requested_until", sa.Date(), nullable=True),
        sa.Column(
            "certainty",
            sa.Enum(
                "exact",
                "about",
                "month",
                "unknown",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("records_from", sa.Date(), nullable=True),
        sa.Column("records_until", sa.Date(), nullable=True),
        sa.Column(
            "fee_category",
            sa.Enum(
                "commercial",
                "educational",
                "news_media",
                "other",
                name="fee_category",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fee_limit_cents", sa.Integer(), nullable=True),
        sa.Column(
            "fee_waiver_because", sqlmodel.sql.sqltypes.AutoString(length=8000), nullable=False
        ),
        sa.Column(
            "expedition_because", sqlmodel.sql.sqltypes.AutoString(length=8000), nullable=False
        ),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "not_started",
                "waiting",
                "decided",
                "closed",
                name="request_stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("their_due_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint(
            "records_until IS NULL OR records_from IS NULL OR records_until >= records_from",
            name=op.f("ck_foia_request_records_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_foia_request_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("fk_foia_request_owner_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foia_request")),
    )
    with op.batch_alter_table("foia_request", schema=None) as batch_op:
        batch_op.create_index("ix_foia_request_asked_on_id", ["asked_on", "id"], unique=False)
        batch_op.create_index("ix_foia_request_due", ["next_due_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_foia_request_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_foia_request_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(
            "ix_foia_request_matter_id_asked_on_id", ["matter_id", "asked_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_foia_request_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            "ix_foia_request_stage_asked_on_id", ["stage", "asked_on", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_foia_request_their_due_on"), ["their_due_on"], unique=False
        )
        batch_op.create_index("ix_foia_request_title_id", ["title", "id"], unique=False)
        batch_op.create_index(
            "ix_foia_request_waiver",
            ["asked_on", "id"],
            unique=False,
            sqlite_where=sa.text("fee_waiver_because <> ''"),
            postgresql_where=sa.text("fee_waiver_because <> ''"),
        )

    op.create_table(
        "lawsuit",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("court_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("docket_number", sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
        sa.Column("cited_as", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("judge", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("magistrate", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("below_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["below_id"],
            ["lawsuit.id"],
            name=op.f("fk_lawsuit_below_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["court.id"], name=op.f("fk_lawsuit_court_id_court"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_lawsuit_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lawsuit")),
        sa.UniqueConstraint(
            "matter_id",
            "court_id",
            "docket_number",
            name=op.f("uq_lawsuit_matter_id_court_id_docket_number"),
        ),
    )
    with op.batch_alter_table("lawsuit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lawsuit_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_lawsuit_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "legal_hold",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("placed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("placed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("release_asked_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("release_asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("release_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("released_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("released_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("because <> ''", name=op.f("ck_legal_hold_has_reason")),
        sa.CheckConstraint(
            "(released_by IS NULL) = (released_at IS NULL) AND (release_asked_by IS NULL) = (release_asked_at IS NULL)",
            name=op.f("ck_legal_hold_who_and_when"),
        ),
        sa.CheckConstraint(
            "released_by IS NULL OR (release_asked_by IS NOT NULL AND release_asked_by <> released_by)",
            name=op.f("ck_legal_hold_released_by_two"),
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_legal_hold_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["placed_by"],
            ["person.id"],
            name=op.f("fk_legal_hold_placed_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["release_asked_by"],
            ["person.id"],
            name=op.f("fk_legal_hold_release_asked_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["released_by"],
            ["person.id"],
            name=op.f("fk_legal_hold_released_by_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.create_index(
            "ix_legal_hold_standing",
            ["matter_id"],
            unique=False,
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )

    op.create_table(
        "linked_account",
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("issuer", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column("since_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_linked_account_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_linked_account")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_linked_account_issuer_subject")),
    )
    op.create_table(
        "membership",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("responsible", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= since_on", name=op.f("ck_membership_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_membership_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_membership_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "person_id", "matter_id", name=op.f("uq_membership_person_id_matter_id")
        ),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)

    op.create_table(
        "office_template",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=100000), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("written_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("approved_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("approved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("withdrawn_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("withdrawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["person.id"],
            name=op.f("fk_office_template_approved_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"],
            ["person.id"],
            name=op.f("fk_office_template_withdrawn_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["person.id"],
            name=op.f("fk_office_template_written_by_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_template")),
        sa.UniqueConstraint("name", "number", name=op.f("uq_office_template_name_number")),
    )
    op.create_table(
        "origin",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("office", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("program", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("exported_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("exported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("manifest_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("history_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seal", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("head_seal", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("imported_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("imported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["history_sha256"],
            ["blob.sha256"],
            name=op.f("fk_origin_history_sha256_blob"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"],
            ["person.id"],
            name=op.f("fk_origin_imported_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["manifest_sha256"],
            ["blob.sha256"],
            name=op.f("fk_origin_manifest_sha256_blob"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_origin_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
    )
    with op.batch_alter_table("origin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_origin_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "passkey",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("credential_id", sqlmodel.sql.sqltypes.AutoString(length=1400), nullable=False),
        sa.Column("public_key", sqlmodel.sql.sqltypes.AutoString(length=3000), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_passkey_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkey_person_id"), ["person_id"], unique=False)

    op.create_table(
        "password_link",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ends_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_password_link_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_password_link")),
    )
    with op.batch_alter_table("password_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_password_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_recovery_code_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "reminder_hours",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("zone", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("morning", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("evening", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("quiet_days", sa.JSON(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("notices", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_reminder_hours_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reminder_hours")),
    )
    op.create_table(
        "reminder_policy",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "our_court_date",
                "their_court_date",
                "our_date",
                "their_date",
                name="policy_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("days_before", sa.JSON(), nullable=False),
        sa.Column("overdue_every", sa.Integer(), nullable=False),
        sa.Column("answer_hours", sa.Integer(), nullable=False),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.CheckConstraint(
            "matter_id IS NULL OR person_id IS NULL", name=op.f("ck_reminder_policy_of_one_place")
        ),
        sa.CheckConstraint(
            "overdue_every >= 0 AND answer_hours >= 0", name=op.f("ck_reminder_policy_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_reminder_policy_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_reminder_policy_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_policy")),
        sa.UniqueConstraint("key", name=op.f("uq_reminder_policy_key")),
    )
    with op.batch_alter_table("reminder_policy", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminder_policy_matter_id"), ["matter_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reminder_policy_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "request_draft",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("owner_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "intake",
            sa.Enum(
                "sent", "new", name="intake", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("for_matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("begun_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["for_matter_id"],
            ["matter.id"],
            name=op.f("fk_request_draft_for_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("fk_request_draft_owner_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_request_draft_sha256_blob"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_draft")),
    )
    with op.batch_alter_table("request_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_draft_for_matter_id"), ["for_matter_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_request_draft_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "saved_view",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column(
            "shared",
            sa.Enum(
                "private",
                "matter",
                "office",
                name="view_share",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("about_matter_id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "shared <> 'matter' OR about_matter_id IS NOT NULL",
            name=op.f("ck_saved_view_shared_with_a_matter"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_saved_view_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_view_shared"), ["shared"], unique=False)

    op.create_table(
        "second_factor",
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("salt", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("since_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_second_factor_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("half", sa.Boolean(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "password",
                "passkey",
                "sso",
                "link",
                name="way_in",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("device", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("proved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ends_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_sign_in_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("id", name=op.f("uq_sign_in_id")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_sign_in_link_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_link")),
    )
    op.create_table(
        "standing_permission",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("given_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("given_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("taken_back_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("taken_back_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column(
            "taken_back_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False
        ),
        sa.CheckConstraint(
            "(taken_back_by IS NULL) = (taken_back_at IS NULL)",
            name=op.f("ck_standing_permission_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["person.id"],
            name=op.f("fk_standing_permission_given_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_standing_permission_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_standing_permission_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by"],
            ["person.id"],
            name=op.f("fk_standing_permission_taken_back_by_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_permission")),
    )
    with op.batch_alter_table("standing_permission", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_standing_permission_matter_id"), ["matter_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_standing_permission_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "task",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "done",
                "withdrawn",
                name="task_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_task_matter_id_matter"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_task_person_id_person"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_person_id"), ["person_id"], unique=False)

    op.create_table(
        "wall",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("asked_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("up_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("up_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("lift_asked_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("lift_asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("lift_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("down_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("down_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("because <> ''", name=op.f("ck_wall_has_reason")),
        sa.CheckConstraint(
            "(down_by IS NULL) = (down_at IS NULL) AND (lift_asked_by IS NULL) = (lift_asked_at IS NULL) AND (down_by IS NULL OR up_by IS NULL OR (lift_asked_by IS NOT NULL AND lift_asked_by <> down_by))",
            name=op.f("ck_wall_down_by_two"),
        ),
        sa.CheckConstraint(
            "(up_by IS NULL) = (up_at IS NULL) AND (up_by IS NULL OR up_by <> asked_by)",
            name=op.f("ck_wall_up_by_two"),
        ),
        sa.CheckConstraint(
            "up_by IS NULL OR up_by <> person_id", name=op.f("ck_wall_not_by_the_screened")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_wall_asked_by_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["down_by"], ["person.id"], name=op.f("fk_wall_down_by_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lift_asked_by"],
            ["person.id"],
            name=op.f("fk_wall_lift_asked_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_wall_matter_id_matter"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_wall_person_id_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["up_by"], ["person.id"], name=op.f("fk_wall_up_by_person"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall")),
    )
    with op.batch_alter_table("wall", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wall_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(
            "uq_wall_standing",
            ["person_id", "matter_id"],
            unique=True,
            sqlite_where=sa.text("down_at IS NULL"),
            postgresql_where=sa.text("down_at IS NULL"),
        )

    op.create_table(
        "webhook",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("happenings", sa.JSON(), nullable=False),
        sa.Column("about_matter_id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column("salt", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("told_seq", sa.Integer(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("paused_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_webhook_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    with op.batch_alter_table("webhook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_person_id"), ["person_id"], unique=False)

    op.create_table(
        "appearance",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("contact_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "side",
            sa.Enum(
                "ours",
                "theirs",
                "court",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("capacity", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column(
            "since_certainty",
            sa.Enum(
                "exact",
                "about",
                "month",
                "unknown",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_appearance_contact_id_contact"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_appearance_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_appearance_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_appearance_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
    )
    with op.batch_alter_table("appearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appearance_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_appearance_lawsuit_id"), ["lawsuit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appearance_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "docket_entry",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "complaint",
                "answer",
                "motion",
                "opposition",
                "reply",
                "reconsideration",
                "order",
                "opinion",
                "judgment",
                "stipulation",
                "notice_of_appeal",
                "fee_motion",
                "declaration",
                "minute",
                "letter",
                "other",
                name="entry_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "filed_by",
            sa.Enum(
                "ours",
                "theirs",
                "court",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column(
            "certainty",
            sa.Enum(
                "exact",
                "about",
                "month",
                "unknown",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("says", sqlmodel.sql.sqltypes.AutoString(length=20000), nullable=False),
        sa.Column("court_document", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("answers_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("hurts", sa.JSON(), nullable=False),
        sa.Column("document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("decides_ids", sa.JSON(), nullable=False),
        sa.Column("without_rules", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"],
            ["docket_entry.id"],
            name=op.f("fk_docket_entry_answers_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_docket_entry_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_docket_entry_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_docket_entry_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_docket_entry")),
        sa.UniqueConstraint(
            "lawsuit_id", "number", "part", name=op.f("uq_docket_entry_lawsuit_id_number_part")
        ),
    )
    with op.batch_alter_table("docket_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_docket_entry_known_on"), ["known_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_docket_entry_lawsuit_id"), ["lawsuit_id"], unique=False
        )
        batch_op.create_index(
            "ix_docket_entry_lawsuit_id_filed_on", ["lawsuit_id", "filed_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_docket_entry_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "docket_paper",
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sheet",
                "notice",
                "service",
                "table",
                name="paper_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sender", sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_docket_paper_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_docket_paper_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_docket_paper_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_docket_paper")),
        sa.UniqueConstraint("lawsuit_id", "sha256", name=op.f("uq_docket_paper_lawsuit_id_sha256")),
    )
    with op.batch_alter_table("docket_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_docket_paper_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_docket_paper_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "docket_taking",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "reading",
                "taking",
                "done",
                "failed",
                name="taking_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("problem", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("kept_beside", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("claimed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("lease_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("finished_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_docket_taking_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_docket_taking_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_docket_taking_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_docket_taking_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_docket_taking")),
    )
    with op.batch_alter_table("docket_taking", schema=None) as batch_op:
        batch_op.create_index(
            "ix_docket_taking_at_work",
            ["state"],
            unique=False,
            sqlite_where=sa.text("state IN ('waiting','reading','taking')"),
            postgresql_where=sa.text("state IN ('waiting','reading','taking')"),
        )
        batch_op.create_index(
            batch_op.f("ix_docket_taking_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_docket_taking_lawsuit_id"), ["lawsuit_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_docket_taking_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_docket_taking_person_id"), ["person_id"], unique=False)

    op.create_table(
        "feed_subscriber",
        sa.Column("feed_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("program", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("since_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("fetched_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("has", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"],
            ["calendar_feed.id"],
            name=op.f("fk_feed_subscriber_feed_id_calendar_feed"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("feed_id", "program", name=op.f("pk_feed_subscriber")),
    )
    op.create_table(
        "lawsuit_status",
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("says", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("ends_it", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_lawsuit_status_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lawsuit_status")),
    )
    with op.batch_alter_table("lawsuit_status", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lawsuit_status_known_on"), ["known_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_lawsuit_status_lawsuit_id"), ["lawsuit_id"], unique=False
        )

    op.create_table(
        "party",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "plaintiff",
                "defendant",
                "amicus",
                name="party_role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
            name=op.f("fk_party_agency_id_agency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_party_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_party_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_party_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("lawsuit_id", "name", name=op.f("uq_party_lawsuit_id_name")),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_lawsuit_id"), ["lawsuit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "related_lawsuit",
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("how", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_related_lawsuit_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_related_lawsuit")),
    )
    with op.batch_alter_table("related_lawsuit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_related_lawsuit_known_on"), ["known_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_related_lawsuit_lawsuit_id"), ["lawsuit_id"], unique=False
        )

    op.create_table(
        "request_item",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("says", sqlmodel.sql.sqltypes.AutoString(length=8000), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["foia_request.id"],
            name=op.f("fk_request_item_request_id_foia_request"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_item")),
        sa.UniqueConstraint(
            "request_id", "position", name=op.f("uq_request_item_request_id_position")
        ),
    )
    op.create_table(
        "requester",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_requester_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["foia_request.id"],
            name=op.f("fk_requester_request_id_foia_request"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requester")),
        sa.UniqueConstraint(
            "request_id", "organisation_id", name=op.f("uq_requester_request_id_organisation_id")
        ),
    )
    op.create_table(
        "spreadsheet_import",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "matching",
                "checking",
                "checked",
                "importing",
                "imported",
                "undoing",
                "undone",
                "failed",
                "dropped",
                name="import_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("problem", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("header_key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.Column("matching", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("claimed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("lease_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("finished_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("undone_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_spreadsheet_import_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_spreadsheet_import_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_spreadsheet_import_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spreadsheet_import")),
    )
    with op.batch_alter_table("spreadsheet_import", schema=None) as batch_op:
        batch_op.create_index(
            "ix_spreadsheet_import_at_work",
            ["state"],
            unique=False,
            sqlite_where=sa.text("state IN ('reading','checking','importing','undoing')"),
            postgresql_where=sa.text("state IN ('reading','checking','importing','undoing')"),
        )
        batch_op.create_index(
            batch_op.f("ix_spreadsheet_import_header_key"), ["header_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_spreadsheet_import_matter_id"), ["matter_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_spreadsheet_import_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "track",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parent_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
            name=op.f("fk_track_agency_id_agency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_track_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["track.id"], name=op.f("fk_track_parent_id_track"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["foia_request.id"],
            name=op.f("fk_track_request_id_foia_request"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track")),
        sa.UniqueConstraint(
            "request_id",
            "agency_id",
            "parent_id",
            name=op.f("uq_track_request_id_agency_id_parent_id"),
        ),
    )
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_track_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_track_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_track_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_track_request_id"), ["request_id"], unique=False)

    op.create_table(
        "webhook_delivery",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("webhook_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column(
            "happening",
            sa.Enum(
                "date.made",
                "date.moved",
                "date.cancelled",
                "date.done",
                "agency.refused",
                "event.logged",
                "reminder.sent",
                "reminder.unanswered",
                "reminder.failed",
                "test",
                name="happening",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("owed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("send_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "claimed",
                "sent",
                "failed",
                "cancelled",
                "skipped",
                name="reminder_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("claimed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("lease_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("last_problem", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["webhook_id"],
            ["webhook.id"],
            name=op.f("fk_webhook_delivery_webhook_id_webhook"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
    )
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.create_index(
            "ix_webhook_delivery_owed",
            ["send_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('pending','claimed')"),
            postgresql_where=sa.text("state IN ('pending','claimed')"),
        )
        batch_op.create_index(
            "uq_webhook_delivery_webhook_id_seq", ["webhook_id", "seq"], unique=True
        )

    op.create_table(
        "appeal",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grounds", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "granted",
                "partial",
                "denied",
                "no_records",
                "glomar",
                "improper",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_appeal_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_appeal_track_id_track"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_track_id"), ["track_id"], unique=False)

    op.create_table(
        "declaration",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("docket_entry_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("purpose", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("declarant", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fact",
                "attorney",
                "expert",
                "summary_judgment",
                "injunction",
                "fees",
                "agency",
                name="declaration_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "lettering",
            sa.Enum(
                "fixed",
                "first_mention",
                name="lettering",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("exhibits_numbered", sa.Boolean(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("owner_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["docket_entry_id"],
            ["docket_entry.id"],
            name=op.f("fk_declaration_docket_entry_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_declaration_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_declaration_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_declaration_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("fk_declaration_owner_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
    )
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declaration_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_lawsuit_id"), ["lawsuit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "docket_line",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("docket_paper_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("docket_entry_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("says", sqlmodel.sql.sqltypes.AutoString(length=20000), nullable=False),
        sa.ForeignKeyConstraint(
            ["docket_entry_id"],
            ["docket_entry.id"],
            name=op.f("fk_docket_line_docket_entry_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["docket_paper_id"],
            ["docket_paper.id"],
            name=op.f("fk_docket_line_docket_paper_id_docket_paper"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_docket_line")),
        sa.UniqueConstraint(
            "docket_paper_id", "position", name=op.f("uq_docket_line_docket_paper_id_position")
        ),
    )
    with op.batch_alter_table("docket_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_docket_line_docket_entry_id"), ["docket_entry_id"], unique=False
        )

    op.create_table(
        "filing",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("docket_entry_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "filed_by",
            sa.Enum(
                "ours",
                "theirs",
                "court",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column(
            "service",
            sa.Enum(
                "personal",
                "mail",
                "electronic",
                "clerk",
                "other_consented",
                name="service_method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["docket_entry_id"],
            ["docket_entry.id"],
            name=op.f("fk_filing_docket_entry_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_filing_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_filing_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
    )
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_filing_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_filing_lawsuit_id"), ["lawsuit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_filing_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "hearing",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("zone", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("outcome_known_on", sa.Date(), nullable=True),
        sa.Column("decides_ids", sa.JSON(), nullable=False),
        sa.Column("first_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column(
            "superseded_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False
        ),
        sa.Column("superseded_by_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("changed_by_entry_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_entry_id"],
            ["docket_entry.id"],
            name=op.f("fk_hearing_changed_by_entry_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["hearing.id"],
            name=op.f("fk_hearing_first_id_hearing"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_hearing_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_hearing_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["hearing.id"],
            name=op.f("fk_hearing_superseded_by_id_hearing"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
    )
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_first_id"), ["first_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearing_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearing_lawsuit_id"), ["lawsuit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearing_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "import_row",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("import_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("wrong", sa.Boolean(), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["spreadsheet_import.id"],
            name=op.f("fk_import_row_import_id_spreadsheet_import"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["foia_request.id"],
            name=op.f("fk_import_row_request_id_foia_request"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(
            "ix_import_row_import_id_number", ["import_id", "number"], unique=False
        )
        batch_op.create_index(
            "ix_import_row_import_id_wrong_number", ["import_id", "wrong", "number"], unique=False
        )

    op.create_table(
        "lawsuit_track",
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_lawsuit_track_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_lawsuit_track_track_id_track"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("lawsuit_id", "track_id", name=op.f("pk_lawsuit_track")),
    )
    with op.batch_alter_table("lawsuit_track", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lawsuit_track_track_id"), ["track_id"], unique=False)

    op.create_table(
        "production_pace",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column(
            "every",
            sa.Enum(
                "week",
                "fortnight",
                "month",
                "quarter",
                name="every",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "counted",
            sa.Enum(
                "processed",
                "released",
                name="pages_counted",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("in_all", sa.Integer(), nullable=True),
        sa.Column(
            "fixed_by",
            sa.Enum(
                "order",
                "agreement",
                name="fixed_by",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("docket_entry_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.CheckConstraint(
            "pages > 0 AND coalesce(in_all, 1) > 0", name=op.f("ck_production_pace_pages_some")
        ),
        sa.ForeignKeyConstraint(
            ["docket_entry_id"],
            ["docket_entry.id"],
            name=op.f("fk_production_pace_docket_entry_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_production_pace_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_production_pace_track_id_track"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_pace")),
    )
    with op.batch_alter_table("production_pace", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_pace_docket_entry_id"), ["docket_entry_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_production_pace_known_on"), ["known_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_production_pace_matter_id"), ["matter_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_production_pace_track_id"), ["track_id"], unique=False)

    op.create_table(
        "recipient",
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("addressed_to", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "mail",
                "certified_mail",
                "email",
                "portal",
                "fax",
                "hand",
                "unknown",
                name="send_method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column(
            "certainty",
            sa.Enum(
                "exact",
                "about",
                "month",
                "unknown",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("proof", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
            name=op.f("fk_recipient_agency_id_agency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["foia_request.id"],
            name=op.f("fk_recipient_request_id_foia_request"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_recipient_track_id_track"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
    )
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recipient_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_recipient_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recipient_track_id"), ["track_id"], unique=False)

    op.create_table(
        "search_statement",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "said_in",
            sa.Enum(
                "request",
                "agreement",
                "order",
                "declaration",
                "letter",
                name="said_in",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("custodian", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("system", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("terms", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.Column("records_from", sa.Date(), nullable=True),
        sa.Column("records_until", sa.Date(), nullable=True),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("searched_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("docket_entry_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column(
            "withdrawn_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["docket_entry_id"],
            ["docket_entry.id"],
            name=op.f("fk_search_statement_docket_entry_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_search_statement_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_search_statement_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_search_statement_track_id_track"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_statement")),
    )
    with op.batch_alter_table("search_statement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_search_statement_docket_entry_id"), ["docket_entry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_search_statement_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_search_statement_known_on"), ["known_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_search_statement_matter_id"), ["matter_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_search_statement_track_id"), ["track_id"], unique=False
        )

    op.create_table(
        "service",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("party_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("served_on_whom", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("us_attorney", sa.Boolean(), nullable=False),
        sa.Column("attorney_general", sa.Boolean(), nullable=False),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("proof", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("docket_entry_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["docket_entry_id"],
            ["docket_entry.id"],
            name=op.f("fk_service_docket_entry_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_service_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_service_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_service_party_id_party"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_lawsuit_id"), ["lawsuit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "tracking_number",
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("given_for", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_tracking_number_track_id_track"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking_number")),
        sa.UniqueConstraint("track_id", "number", name=op.f("uq_tracking_number_track_id_number")),
    )
    with op.batch_alter_table("tracking_number", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tracking_number_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_tracking_number_number"), ["number"], unique=False)

    op.create_table(
        "accepted_note",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("declaration_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("says", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("accepted_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("accepted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("taken_back_on", sa.Date(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by"],
            ["person.id"],
            name=op.f("fk_accepted_note_accepted_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_accepted_note_declaration_id_declaration"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_accepted_note_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_note")),
    )
    with op.batch_alter_table("accepted_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accepted_note_declaration_id"), ["declaration_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_accepted_note_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "declaration_version",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("declaration_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("opening", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("executed_on", sa.Date(), nullable=True),
        sa.Column("executed_at", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("abroad", sa.Boolean(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column(
            "frozen_because",
            sa.Enum(
                "sent",
                "signed_off",
                "named",
                "superseded",
                name="frozen",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("signed_document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_declaration_version_declaration_id_declaration"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["signed_document_id"],
            ["document.id"],
            name=op.f("fk_declaration_version_signed_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration_version")),
        sa.UniqueConstraint(
            "declaration_id", "number", name=op.f("uq_declaration_version_declaration_id_number")
        ),
    )
    op.create_table(
        "event",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "received_by_designated",
                "received",
                "information_request",
                "information_reply_received",
                "fee_question",
                "fee_reply_received",
                "extension_notice",
                "expedition_requested",
                "expedition_decided",
                "determination",
                "appeal_sent",
                "appeal_received",
                "appeal_determination",
                "suit_filed",
                "withdrawn",
                "closed",
                "sent",
                "acknowledged",
                "information_reply_sent",
                "fee_estimate",
                "fee_reply_sent",
                "still_interested",
                "interest_reply_sent",
                "routed",
                "referred",
                "consulted",
                "fee_waiver_requested",
                "fee_waiver_decided",
                "call",
                "letter",
                "records_produced",
                "ogis",
                "checked",
                "happened",
                name="event_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column(
            "certainty",
            sa.Enum(
                "exact",
                "about",
                "month",
                "unknown",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("says", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "granted",
                "partial",
                "denied",
                "no_records",
                "glomar",
                "improper",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("adverse", sa.Boolean(), nullable=True),
        sa.Column("agency_says_due", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("with_whom", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("appeal_says", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("exemptions", sa.JSON(), nullable=False),
        sa.Column("pages_released", sa.Integer(), nullable=True),
        sa.Column("pages_in_part", sa.Integer(), nullable=True),
        sa.Column("pages_withheld", sa.Integer(), nullable=True),
        sa.Column("pages_referred", sa.Integer(), nullable=True),
        sa.Column("late_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=True),
        sa.Column("chosen_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("chosen_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("answers_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("appeal_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column(
            "withdrawn_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False
        ),
        sa.CheckConstraint(
            "coalesce(pages_released, 0) >= 0 AND coalesce(pages_in_part, 0) >= 0 AND coalesce(pages_withheld, 0) >= 0 AND coalesce(pages_referred, 0) >= 0",
            name=op.f("ck_event_pages_not_negative"),
        ),
        sa.CheckConstraint(
            "track_id IS NOT NULL OR lawsuit_id IS NOT NULL", name=op.f("ck_event_of_something")
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= happened_on", name=op.f("ck_event_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["answers_id"],
            ["event.id"],
            name=op.f("fk_event_answers_id_event"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["appeal_id"],
            ["appeal.id"],
            name=op.f("fk_event_appeal_id_appeal"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["chosen_by"],
            ["person.id"],
            name=op.f("fk_event_chosen_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_event_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_event_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_event_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
            name=op.f("fk_event_recorded_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_event_track_id_track"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_known_on"), ["known_on"], unique=False)
        batch_op.create_index(
            "ix_event_lawsuit_id_happened_on", ["lawsuit_id", "happened_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_event_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(
            "ix_event_track_id_happened_on", ["track_id", "happened_on"], unique=False
        )

    op.create_table(
        "exhibit",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("declaration_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_exhibit_declaration_id_declaration"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_exhibit_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit")),
        sa.UniqueConstraint(
            "declaration_id", "label", name=op.f("uq_exhibit_declaration_id_label")
        ),
    )
    op.create_table(
        "filing_check",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("declaration_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("has_text", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("problem", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("checked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("cleared_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("cleared_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cleared_by"],
            ["person.id"],
            name=op.f("fk_filing_check_cleared_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_filing_check_declaration_id_declaration"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_filing_check_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_filing_check_sha256_blob"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_check")),
        sa.UniqueConstraint(
            "declaration_id", "sha256", name=op.f("uq_filing_check_declaration_id_sha256")
        ),
    )
    with op.batch_alter_table("filing_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_filing_check_declaration_id"), ["declaration_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_filing_check_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "order_date",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("docket_entry_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("hearing_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "whose",
            sa.Enum(
                "ours",
                "theirs",
                "court",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fixed_for", sa.Date(), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("changes_key", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_by", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.Column(
            "every_unit",
            sa.Enum(
                "days",
                "working_days",
                "weeks",
                "months",
                name="period_unit_again",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("every >= 1", name=op.f("ck_order_date_returns_after_at_least_one")),
        sa.ForeignKeyConstraint(
            ["docket_entry_id"],
            ["docket_entry.id"],
            name=op.f("fk_order_date_docket_entry_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["hearing_id"],
            ["hearing.id"],
            name=op.f("fk_order_date_hearing_id_hearing"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_order_date_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_order_date_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_date")),
    )
    with op.batch_alter_table("order_date", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_date_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_date_lawsuit_id"), ["lawsuit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_date_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "waiting_deadline",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("docket_entry_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "whose",
            sa.Enum(
                "ours",
                "theirs",
                "court",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "asks",
            sa.Enum(
                "complaint",
                "answer",
                "motion",
                "opposition",
                "reply",
                "reconsideration",
                "order",
                "opinion",
                "judgment",
                "stipulation",
                "notice_of_appeal",
                "fee_motion",
                "declaration",
                "minute",
                "letter",
                "other",
                name="entry_kind_asked",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "days",
                "working_days",
                "weeks",
                "months",
                name="period_unit",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "act",
            sa.Enum(
                "service",
                "filing",
                "entry",
                "receipt",
                "decision",
                "before_hearing",
                "after_hearing",
                name="awaited_act",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "awaits",
            sa.Enum(
                "complaint",
                "answer",
                "motion",
                "opposition",
                "reply",
                "reconsideration",
                "order",
                "opinion",
                "judgment",
                "stipulation",
                "notice_of_appeal",
                "fee_motion",
                "declaration",
                "minute",
                "letter",
                "other",
                name="entry_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "awaits_by",
            sa.Enum(
                "ours",
                "theirs",
                "court",
                name="side_awaited",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("fired_by_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("hearing_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.Column(
            "every_unit",
            sa.Enum(
                "days",
                "working_days",
                "weeks",
                "months",
                name="period_unit_again",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.CheckConstraint(
            "every >= 1", name=op.f("ck_waiting_deadline_returns_after_at_least_one")
        ),
        sa.CheckConstraint("length >= 1", name=op.f("ck_waiting_deadline_counts_at_least_one")),
        sa.ForeignKeyConstraint(
            ["docket_entry_id"],
            ["docket_entry.id"],
            name=op.f("fk_waiting_deadline_docket_entry_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["fired_by_id"],
            ["docket_entry.id"],
            name=op.f("fk_waiting_deadline_fired_by_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["hearing_id"],
            ["hearing.id"],
            name=op.f("fk_waiting_deadline_hearing_id_hearing"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_waiting_deadline_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_waiting_deadline_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_deadline")),
    )
    with op.batch_alter_table("waiting_deadline", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_waiting_deadline_known_on"), ["known_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_waiting_deadline_lawsuit_id"), ["lawsuit_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_waiting_deadline_matter_id"), ["matter_id"], unique=False
        )

    op.create_table(
        "deadline",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("docket_entry_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("order_date_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "rule",
                "order",
                "override",
                name="deadline_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "whose",
            sa.Enum(
                "ours",
                "theirs",
                "court",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=True),
        sa.Column("text_since", sa.Date(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("safe", sa.Date(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column(
            "uncertain_because", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False
        ),
        sa.Column("readings", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("proof", sa.JSON(), nullable=False),
        sa.Column("proof_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("owner_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("second_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("confirmed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("checked_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("checked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column(
            "override_because", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False
        ),
        sa.Column("override_document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_how", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("done_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column(
            "superseded_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False
        ),
        sa.Column("superseded_by_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'override' OR override_because <> ''",
            name=op.f("ck_deadline_override_has_reason"),
        ),
        sa.CheckConstraint(
            "kind <> 'rule' OR rule IS NOT NULL", name=op.f("ck_deadline_rule_named")
        ),
        sa.CheckConstraint(
            "whose IN ('ours','theirs')", name=op.f("ck_deadline_has_an_owner_side")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"],
            ["person.id"],
            name=op.f("fk_deadline_checked_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["person.id"],
            name=op.f("fk_deadline_confirmed_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["docket_entry_id"],
            ["docket_entry.id"],
            name=op.f("fk_deadline_docket_entry_id_docket_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["person.id"], name=op.f("fk_deadline_done_by_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_deadline_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_deadline_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_date_id"],
            ["order_date.id"],
            name=op.f("fk_deadline_order_date_id_order_date"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["override_document_id"],
            ["document.id"],
            name=op.f("fk_deadline_override_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("fk_deadline_owner_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["foia_request.id"],
            name=op.f("fk_deadline_request_id_foia_request"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["person.id"],
            name=op.f("fk_deadline_second_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["deadline.id"],
            name=op.f("fk_deadline_superseded_by_id_deadline"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_deadline_track_id_track"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deadline_current_key",
            ["key"],
            unique=True,
            sqlite_where=sa.text("superseded_on IS NULL"),
            postgresql_where=sa.text("superseded_on IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_deadline_docket_entry_id"), ["docket_entry_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_deadline_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_lawsuit_id"), ["lawsuit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(
            "ix_deadline_open_due",
            ["matter_id", "due", "id"],
            unique=False,
            sqlite_where=sa.text("superseded_on IS NULL AND done_on IS NULL"),
            postgresql_where=sa.text("superseded_on IS NULL AND done_on IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_deadline_request_id"), ["request_id"], unique=False)
        batch_op.create_index(
            "ix_deadline_span",
            [
                "track_id",
                "lawsuit_id",
                "counts_from",
                "earliest",
                "latest",
                "safe",
                "kind",
                "key",
                "superseded_on",
            ],
            unique=False,
            sqlite_where=sa.text("superseded_on IS NULL"),
            postgresql_where=sa.text("superseded_on IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_deadline_track_id"), ["track_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("declaration_version_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "foia_request",
                "declaration",
                "deadline_report",
                "deadline_proof",
                "proof_of_sending",
                "question_reply",
                "still_interested",
                "status_inquiry",
                "appeal_denial",
                "appeal_search",
                "appeal_fee_waiver",
                "appeal_expedition",
                "constructive_denial",
                "ogis",
                "complaint",
                "cover_sheet",
                "summons",
                "proof_of_service",
                "certificate_of_service",
                "notice_of_motion",
                "status_report",
                name="letter_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("template_version", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("template_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("facts_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("page_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("word_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("made_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_version_id"],
            ["declaration_version.id"],
            name=op.f("fk_letter_declaration_version_id_declaration_version"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_letter_made_by_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_letter_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["page_sha256"],
            ["blob.sha256"],
            name=op.f("fk_letter_page_sha256_blob"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blob.sha256"], name=op.f("fk_letter_sha256_blob"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["template_sha256"],
            ["blob.sha256"],
            name=op.f("fk_letter_template_sha256_blob"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_letter_track_id_track"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["word_sha256"],
            ["blob.sha256"],
            name=op.f("fk_letter_word_sha256_blob"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_facts_hash"), ["facts_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "letter_draft",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "foia_request",
                "declaration",
                "deadline_report",
                "deadline_proof",
                "proof_of_sending",
                "question_reply",
                "still_interested",
                "status_inquiry",
                "appeal_denial",
                "appeal_search",
                "appeal_fee_waiver",
                "appeal_expedition",
                "constructive_denial",
                "ogis",
                "complaint",
                "cover_sheet",
                "summons",
                "proof_of_service",
                "certificate_of_service",
                "notice_of_motion",
                "status_report",
                name="letter_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("event_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "waiting",
                "released",
                "sent",
                "withdrawn",
                name="draft_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "sent_back_because", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False
        ),
        sa.Column("begun_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("begun_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["begun_by"],
            ["person.id"],
            name=op.f("fk_letter_draft_begun_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_letter_draft_event_id_event"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_letter_draft_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_letter_draft_track_id_track"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_draft")),
    )
    with op.batch_alter_table("letter_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_draft_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_draft_track_id"), ["track_id"], unique=False)

    op.create_table(
        "paragraph",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("declaration_version_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("heading", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("says", sqlmodel.sql.sqltypes.AutoString(length=20000), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_version_id"],
            ["declaration_version.id"],
            name=op.f("fk_paragraph_declaration_version_id_declaration_version"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph")),
        sa.UniqueConstraint(
            "declaration_version_id",
            "position",
            name=op.f("uq_paragraph_declaration_version_id_position"),
        ),
    )
    op.create_table(
        "production",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("track_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("lawsuit_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("event_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("produced_on", sa.Date(), nullable=True),
        sa.Column(
            "certainty",
            sa.Enum(
                "exact",
                "about",
                "month",
                "unknown",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("bates_first", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("bates_last", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("pages_released", sa.Integer(), nullable=True),
        sa.Column("pages_in_part", sa.Integer(), nullable=True),
        sa.Column("pages_withheld", sa.Integer(), nullable=True),
        sa.Column("pages_referred", sa.Integer(), nullable=True),
        sa.Column("exemptions", sa.JSON(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.CheckConstraint(
            "coalesce(pages_released, 0) >= 0 AND coalesce(pages_in_part, 0) >= 0 AND coalesce(pages_withheld, 0) >= 0 AND coalesce(pages_referred, 0) >= 0",
            name=op.f("ck_production_pages_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_production_event_id_event"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lawsuit_id"],
            ["lawsuit.id"],
            name=op.f("fk_production_lawsuit_id_lawsuit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_production_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_production_track_id_track"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production")),
    )
    with op.batch_alter_table("production", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_production_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_production_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_production_lawsuit_id"), ["lawsuit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_production_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_production_track_id"), ["track_id"], unique=False)

    op.create_table(
        "sign_off",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("declaration_version_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("signed_off_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("signed_off_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_version_id"],
            ["declaration_version.id"],
            name=op.f("fk_sign_off_declaration_version_id_declaration_version"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_sign_off_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["signed_off_by"],
            ["person.id"],
            name=op.f("fk_sign_off_signed_off_by_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    with op.batch_alter_table("sign_off", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_off_declaration_version_id"),
            ["declaration_version_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_sign_off_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "translation",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("declaration_version_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("oath", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("opening", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("paragraphs", sa.JSON(), nullable=False),
        sa.Column("made_from", sa.JSON(), nullable=False),
        sa.Column("translator", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "translator_address", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False
        ),
        sa.Column("competence", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("abroad", sa.Boolean(), nullable=False),
        sa.Column("executed_on", sa.Date(), nullable=True),
        sa.Column("executed_at", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_version_id"],
            ["declaration_version.id"],
            name=op.f("fk_translation_declaration_version_id_declaration_version"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_translation_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint(
            "declaration_version_id", name=op.f("uq_translation_declaration_version_id")
        ),
    )
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_translation_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "letter_release",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("draft_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("letter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("released_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("permission_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("released_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_because", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["letter_draft.id"],
            name=op.f("fk_letter_release_draft_id_letter_draft"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["letter.id"],
            name=op.f("fk_letter_release_letter_id_letter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_letter_release_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["permission_id"],
            ["standing_permission.id"],
            name=op.f("fk_letter_release_permission_id_standing_permission"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["released_by"],
            ["person.id"],
            name=op.f("fk_letter_release_released_by_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_release")),
    )
    with op.batch_alter_table("letter_release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_release_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_letter_release_matter_id"), ["matter_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_letter_release_permission_id"), ["permission_id"], unique=False
        )

    op.create_table(
        "reminder",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "deadline",
                "alert",
                "notice",
                "escalation",
                "digest",
                "trouble",
                "knock",
                name="reminder_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("deadline_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("task_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("dedupe_key", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("send_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "claimed",
                "sent",
                "failed",
                "cancelled",
                "skipped",
                name="reminder_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("claimed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("lease_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("sent_to", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("last_problem", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("told_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("acknowledged_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("acknowledged_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("escalate_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('digest','trouble','knock') OR matter_id IS NOT NULL",
            name=op.f("ck_reminder_of_a_matter"),
        ),
        sa.CheckConstraint(
            "kind IN ('digest','trouble','notice','knock') OR (deadline_id IS NULL) <> (task_id IS NULL)",
            name=op.f("ck_reminder_about_one_thing"),
        ),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"],
            ["person.id"],
            name=op.f("fk_reminder_acknowledged_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["deadline.id"],
            name=op.f("fk_reminder_deadline_id_deadline"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_reminder_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_reminder_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_reminder_task_id_task"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_reminder_dedupe_key")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_deadline_id"), ["deadline_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(
            "ix_reminder_one_digest",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'digest' AND state IN ('pending','claimed')"),
            postgresql_where=sa.text("kind = 'digest' AND state IN ('pending','claimed')"),
        )
        batch_op.create_index(
            "ix_reminder_owed",
            ["send_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('pending','claimed')"),
            postgresql_where=sa.text("state IN ('pending','claimed')"),
        )
        batch_op.create_index(batch_op.f("ix_reminder_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_task_id"), ["task_id"], unique=False)
        batch_op.create_index(
            "ix_reminder_unanswered",
            ["escalate_at"],
            unique=False,
            sqlite_where=sa.text("escalate_at IS NOT NULL"),
            postgresql_where=sa.text("escalate_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_reminder_unseen",
            ["person_id", "told_at"],
            unique=False,
            sqlite_where=sa.text("told_at IS NOT NULL AND seen_at IS NULL"),
            postgresql_where=sa.text("told_at IS NOT NULL AND seen_at IS NULL"),
        )

    op.create_table(
        "sending",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "A",
                "B",
                "C",
                "ours",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("release_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "mail",
                "certified_mail",
                "email",
                "portal",
                "fax",
                "hand",
                "unknown",
                name="send_method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("addressed_to", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("proof", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("document_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("event_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_sending_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_sending_event_id_event"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_sending_matter_id_matter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
            name=op.f("fk_sending_recorded_by_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["letter_release.id"],
            name=op.f("fk_sending_release_id_letter_release"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending")),
    )
    with op.batch_alter_table("sending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sending_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_sending_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sending_release_id"), ["release_id"], unique=True)

    _guard_history()
    _guard_held_matters()
    _guard_frozen_versions()
    op.execute("INSERT INTO history_head (id, seq, seal) VALUES (1, 0, '')")


def _guard_history() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER history_refuses_{act.lower()} BEFORE {act} ON history_entry "
                "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER history_refuses_change BEFORE UPDATE OR DELETE ON history_entry "
        "FOR EACH ROW EXECUTE FUNCTION history_is_append_only()"
    )
    op.execute(
        "CREATE TRIGGER history_refuses_truncate BEFORE TRUNCATE ON history_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()"
    )


def _unguard_history() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER history_refuses_{act}")
        return
    op.execute("DROP TRIGGER history_refuses_change ON history_entry")
    op.execute("DROP TRIGGER history_refuses_truncate ON history_entry")
    op.execute("DROP FUNCTION history_is_append_only()")


# Which matter a row belongs to: its own column, or that of the row it is part of.
OF_ITS_OWN = (
    "accepted_note", "appeal", "appearance", "deadline", "declaration", "docket_entry", "docket_paper", "docket_taking", "document", "emergency", "event",
    "filing", "filing_check", "flag", "foia_request", "hearing", "lawsuit", "legal_hold", "letter", "letter_draft",
    "letter_release", "membership", "order_date", "origin", "party", "production", "production_pace", "reminder", "reminder_policy", "search_statement", "sending", "service", "sign_off", "spreadsheet_import", "standing_permission", "task", "track", "translation", "waiting_deadline", "wall",
)  # fmt: skip
OF_ITS_WHOLE = {
    "matter": "{row}.id",
    "docket_line": "(SELECT matter_id FROM docket_paper WHERE id = {row}.docket_paper_id)",
    "request_item": "(SELECT matter_id FROM foia_request WHERE id = {row}.request_id)",
    "requester": "(SELECT matter_id FROM foia_request WHERE id = {row}.request_id)",
    "recipient": "(SELECT matter_id FROM foia_request WHERE id = {row}.request_id)",
    "tracking_number": "(SELECT matter_id FROM track WHERE id = {row}.track_id)",
    "lawsuit_status": "(SELECT matter_id FROM lawsuit WHERE id = {row}.lawsuit_id)",
    "lawsuit_track": "(SELECT matter_id FROM lawsuit WHERE id = {row}.lawsuit_id)",
    "related_lawsuit": "(SELECT matter_id FROM lawsuit WHERE id = {row}.lawsuit_id)",
    "import_row": "(SELECT matter_id FROM spreadsheet_import WHERE id = {row}.import_id)",
    "declaration_version": "(SELECT matter_id FROM declaration WHERE id = {row}.declaration_id)",
    "exhibit": "(SELECT matter_id FROM declaration WHERE id = {row}.declaration_id)",
    "paragraph": "(SELECT d.matter_id FROM declaration d JOIN declaration_version v "
    "ON v.declaration_id = d.id WHERE v.id = {row}.declaration_version_id)",
}
HELD = {**dict.fromkeys(OF_ITS_OWN, "{row}.matter_id"), **OF_ITS_WHOLE}
# What of a held row can never be written over: its matter, and a document's bytes once it has them.
NEVER_OVER = {
    **dict.fromkeys(OF_ITS_OWN, ("matter_id",)),
    "document": ("matter_id", "sha256"),
    "letter": ("matter_id", "sha256", "page_sha256", "word_sha256", "template_sha256"),
    "filing_check": ("matter_id", "declaration_id", "sha256"),
    "translation": ("matter_id", "declaration_version_id"),
    "letter_release": ("matter_id", "draft_id", "letter_id", "permission_id"),
    "standing_permission": ("matter_id", "person_id", "given_by"),
    "sending": ("matter_id", "release_id"),
    "origin": ("matter_id", "manifest_sha256", "history_sha256"),
    "declaration_version": ("declaration_id",),
    "legal_hold": ("matter_id", "because", "placed_by", "placed_at"),
}
SAYS = "a legal hold keeps this"
STANDING = "SELECT 1 FROM legal_hold WHERE released_at IS NULL"


def _guard_held_matters() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, of in HELD.items():
        held = f"EXISTS ({STANDING} AND matter_id = {of.format(row='OLD')})"
        # A hold, lifted or not, is itself never deleted.
        when = "1 = 1" if table == "legal_hold" else held
        changed = " OR ".join(map(_loses, NEVER_OVER.get(table, ())))
        if sqlite:
            _refuse_on_sqlite(table, "DELETE", when)
            if changed:
                _refuse_on_sqlite(table, "UPDATE", f"({changed}) AND {held}")
        else:
            _refuse_on_postgresql(table, when, f"({changed}) AND {held}" if changed else "")


def _loses(column: str) -> str:
    """Say that a value is written over; one that was empty may be filled in."""
    return f"(OLD.{column} IS NOT NULL AND (NEW.{column} IS NULL OR OLD.{column} <> NEW.{column}))"


def _refuse_on_sqlite(table: str, act: str, when: str) -> None:
    op.execute(
        f"CREATE TRIGGER hold_refuses_{act.lower()}_of_{table} BEFORE {act} ON {table} "
        f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    )


def _refuse_on_postgresql(table: str, deletes: str, updates: str) -> None:
    lines = [
        f"IF TG_OP = 'DELETE' THEN IF {deletes} THEN RAISE EXCEPTION '{SAYS}'; END IF; END IF;"
    ]
    if updates:
        lines.append(
            f"IF TG_OP = 'UPDATE' THEN IF {updates} THEN RAISE EXCEPTION '{SAYS}'; END IF; END IF;"
        )
    lines.append(
        f"IF TG_OP = 'TRUNCATE' THEN IF EXISTS ({STANDING}) THEN "
        f"RAISE EXCEPTION '{SAYS}'; END IF; RETURN NULL; END IF;"
    )
    op.execute(
        f"CREATE FUNCTION hold_on_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{' '.join(lines)} IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    acts = "DELETE OR UPDATE" if updates else "DELETE"
    op.execute(
        f"CREATE TRIGGER hold_refuses BEFORE {acts} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION hold_on_{table}()"
    )
    op.execute(
        f"CREATE TRIGGER hold_refuses_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION hold_on_{table}()"
    )


def _unguard_held_matters() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in HELD:
        if not sqlite:
            op.execute(f"DROP FUNCTION hold_on_{table}() CASCADE")
            continue
        op.execute(f"DROP TRIGGER hold_refuses_delete_of_{table}")
        if table in NEVER_OVER:
            op.execute(f"DROP TRIGGER hold_refuses_update_of_{table}")


# What a frozen version of a declaration says stands: its words, not who may read them. The day and
# the place of signing, left open on the paper, may be filled in once.
FROZEN_SAYS = "this version is frozen"
OF_A_VERSION = (
    "OLD.declaration_id <> NEW.declaration_id OR OLD.number <> NEW.number "
    "OR OLD.opening <> NEW.opening OR OLD.abroad <> NEW.abroad OR OLD.frozen <> NEW.frozen "
    "OR OLD.fingerprint <> NEW.fingerprint "
    "OR (OLD.executed_on IS NOT NULL AND (NEW.executed_on IS NULL "
    "OR OLD.executed_on <> NEW.executed_on)) "
    "OR (OLD.executed_at <> '' AND OLD.executed_at <> NEW.executed_at)"
)
OF_A_PARAGRAPH = (
    "EXISTS (SELECT 1 FROM declaration_version v "
    "WHERE v.id = OLD.declaration_version_id AND v.frozen)"
)
FROZEN = {"declaration_version": f"OLD.frozen AND ({OF_A_VERSION})", "paragraph": OF_A_PARAGRAPH}


def _guard_frozen_versions() -> None:
    for table, when in FROZEN.items():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER frozen_refuses_update_of_{table} BEFORE UPDATE ON {table} "
                f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{FROZEN_SAYS}'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION frozen_on_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION '{FROZEN_SAYS}'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER frozen_refuses BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION frozen_on_{table}()"
        )


def _unguard_frozen_versions() -> None:
    for table in FROZEN:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER frozen_refuses_update_of_{table}")
        else:
            op.execute(f"DROP FUNCTION frozen_on_{table}() CASCADE")


def downgrade() -> None:
    _unguard_frozen_versions()
    _unguard_held_matters()
    _unguard_history()
    with op.batch_alter_table("sending", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sending_release_id"))
        batch_op.drop_index(batch_op.f("ix_sending_matter_id"))
        batch_op.drop_index(batch_op.f("ix_sending_known_on"))

    op.drop_table("sending")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reminder_unseen",
            sqlite_where=sa.text("told_at IS NOT NULL AND seen_at IS NULL"),
            postgresql_where=sa.text("told_at IS NOT NULL AND seen_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_reminder_unanswered",
            sqlite_where=sa.text("escalate_at IS NOT NULL"),
            postgresql_where=sa.text("escalate_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_reminder_task_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_person_id"))
        batch_op.drop_index(
            "ix_reminder_owed",
            sqlite_where=sa.text("state IN ('pending','claimed')"),
            postgresql_where=sa.text("state IN ('pending','claimed')"),
        )
        batch_op.drop_index(
            "ix_reminder_one_digest",
            sqlite_where=sa.text("kind = 'digest' AND state IN ('pending','claimed')"),
            postgresql_where=sa.text("kind = 'digest' AND state IN ('pending','claimed')"),
        )
        batch_op.drop_index(batch_op.f("ix_reminder_matter_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_deadline_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("letter_release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_release_permission_id"))
        batch_op.drop_index(batch_op.f("ix_letter_release_matter_id"))
        batch_op.drop_index(batch_op.f("ix_letter_release_draft_id"))

    op.drop_table("letter_release")
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_translation_matter_id"))

    op.drop_table("translation")
    with op.batch_alter_table("sign_off", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_off_matter_id"))
        batch_op.drop_index(batch_op.f("ix_sign_off_declaration_version_id"))

    op.drop_table("sign_off")
    with op.batch_alter_table("production", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_track_id"))
        batch_op.drop_index(batch_op.f("ix_production_matter_id"))
        batch_op.drop_index(batch_op.f("ix_production_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_production_known_on"))
        batch_op.drop_index(batch_op.f("ix_production_event_id"))

    op.drop_table("production")
    op.drop_table("paragraph")
    with op.batch_alter_table("letter_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_draft_track_id"))
        batch_op.drop_index(batch_op.f("ix_letter_draft_matter_id"))

    op.drop_table("letter_draft")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_matter_id"))
        batch_op.drop_index(batch_op.f("ix_letter_facts_hash"))

    op.drop_table("letter")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_track_id"))
        batch_op.drop_index(
            "ix_deadline_span",
            sqlite_where=sa.text("superseded_on IS NULL"),
            postgresql_where=sa.text("superseded_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_deadline_request_id"))
        batch_op.drop_index(
            "ix_deadline_open_due",
            sqlite_where=sa.text("superseded_on IS NULL AND done_on IS NULL"),
            postgresql_where=sa.text("superseded_on IS NULL AND done_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_deadline_matter_id"))
        batch_op.drop_index(batch_op.f("ix_deadline_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_deadline_known_on"))
        batch_op.drop_index(batch_op.f("ix_deadline_key"))
        batch_op.drop_index(batch_op.f("ix_deadline_docket_entry_id"))
        batch_op.drop_index(
            "ix_deadline_current_key",
            sqlite_where=sa.text("superseded_on IS NULL"),
            postgresql_where=sa.text("superseded_on IS NULL"),
        )

    op.drop_table("deadline")
    with op.batch_alter_table("waiting_deadline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_deadline_matter_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_deadline_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_deadline_known_on"))

    op.drop_table("waiting_deadline")
    with op.batch_alter_table("order_date", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_date_matter_id"))
        batch_op.drop_index(batch_op.f("ix_order_date_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_order_date_known_on"))

    op.drop_table("order_date")
    with op.batch_alter_table("filing_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing_check_matter_id"))
        batch_op.drop_index(batch_op.f("ix_filing_check_declaration_id"))

    op.drop_table("filing_check")
    op.drop_table("exhibit")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_track_id_happened_on")
        batch_op.drop_index(batch_op.f("ix_event_matter_id"))
        batch_op.drop_index("ix_event_lawsuit_id_happened_on")
        batch_op.drop_index(batch_op.f("ix_event_known_on"))

    op.drop_table("event")
    op.drop_table("declaration_version")
    with op.batch_alter_table("accepted_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accepted_note_matter_id"))
        batch_op.drop_index(batch_op.f("ix_accepted_note_declaration_id"))

    op.drop_table("accepted_note")
    with op.batch_alter_table("tracking_number", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tracking_number_number"))
        batch_op.drop_index(batch_op.f("ix_tracking_number_known_on"))

    op.drop_table("tracking_number")
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_matter_id"))
        batch_op.drop_index(batch_op.f("ix_service_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_service_known_on"))

    op.drop_table("service")
    with op.batch_alter_table("search_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_statement_track_id"))
        batch_op.drop_index(batch_op.f("ix_search_statement_matter_id"))
        batch_op.drop_index(batch_op.f("ix_search_statement_known_on"))
        batch_op.drop_index(batch_op.f("ix_search_statement_document_id"))
        batch_op.drop_index(batch_op.f("ix_search_statement_docket_entry_id"))

    op.drop_table("search_statement")
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recipient_track_id"))
        batch_op.drop_index(batch_op.f("ix_recipient_request_id"))
        batch_op.drop_index(batch_op.f("ix_recipient_known_on"))

    op.drop_table("recipient")
    with op.batch_alter_table("production_pace", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_pace_track_id"))
        batch_op.drop_index(batch_op.f("ix_production_pace_matter_id"))
        batch_op.drop_index(batch_op.f("ix_production_pace_known_on"))
        batch_op.drop_index(batch_op.f("ix_production_pace_docket_entry_id"))

    op.drop_table("production_pace")
    with op.batch_alter_table("lawsuit_track", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lawsuit_track_track_id"))

    op.drop_table("lawsuit_track")
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index("ix_import_row_import_id_wrong_number")
        batch_op.drop_index("ix_import_row_import_id_number")

    op.drop_table("import_row")
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_matter_id"))
        batch_op.drop_index(batch_op.f("ix_hearing_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_hearing_known_on"))
        batch_op.drop_index(batch_op.f("ix_hearing_first_id"))

    op.drop_table("hearing")
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing_matter_id"))
        batch_op.drop_index(batch_op.f("ix_filing_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_filing_known_on"))

    op.drop_table("filing")
    with op.batch_alter_table("docket_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_docket_line_docket_entry_id"))

    op.drop_table("docket_line")
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declaration_owner_id"))
        batch_op.drop_index(batch_op.f("ix_declaration_matter_id"))
        batch_op.drop_index(batch_op.f("ix_declaration_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_declaration_known_on"))

    op.drop_table("declaration")
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appeal_track_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_matter_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_known_on"))

    op.drop_table("appeal")
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.drop_index("uq_webhook_delivery_webhook_id_seq")
        batch_op.drop_index(
            "ix_webhook_delivery_owed",
            sqlite_where=sa.text("state IN ('pending','claimed')"),
            postgresql_where=sa.text("state IN ('pending','claimed')"),
        )

    op.drop_table("webhook_delivery")
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_track_request_id"))
        batch_op.drop_index(batch_op.f("ix_track_matter_id"))
        batch_op.drop_index(batch_op.f("ix_track_known_on"))
        batch_op.drop_index(batch_op.f("ix_track_agency_id"))

    op.drop_table("track")
    with op.batch_alter_table("spreadsheet_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spreadsheet_import_person_id"))
        batch_op.drop_index(batch_op.f("ix_spreadsheet_import_matter_id"))
        batch_op.drop_index(batch_op.f("ix_spreadsheet_import_header_key"))
        batch_op.drop_index(
            "ix_spreadsheet_import_at_work",
            sqlite_where=sa.text("state IN ('reading','checking','importing','undoing')"),
            postgresql_where=sa.text("state IN ('reading','checking','importing','undoing')"),
        )

    op.drop_table("spreadsheet_import")
    op.drop_table("requester")
    op.drop_table("request_item")
    with op.batch_alter_table("related_lawsuit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_related_lawsuit_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_related_lawsuit_known_on"))

    op.drop_table("related_lawsuit")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_matter_id"))
        batch_op.drop_index(batch_op.f("ix_party_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_party_known_on"))

    op.drop_table("party")
    with op.batch_alter_table("lawsuit_status", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lawsuit_status_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_lawsuit_status_known_on"))

    op.drop_table("lawsuit_status")
    op.drop_table("feed_subscriber")
    with op.batch_alter_table("docket_taking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_docket_taking_person_id"))
        batch_op.drop_index(batch_op.f("ix_docket_taking_matter_id"))
        batch_op.drop_index(batch_op.f("ix_docket_taking_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_docket_taking_document_id"))
        batch_op.drop_index(
            "ix_docket_taking_at_work",
            sqlite_where=sa.text("state IN ('waiting','reading','taking')"),
            postgresql_where=sa.text("state IN ('waiting','reading','taking')"),
        )

    op.drop_table("docket_taking")
    with op.batch_alter_table("docket_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_docket_paper_matter_id"))
        batch_op.drop_index(batch_op.f("ix_docket_paper_known_on"))

    op.drop_table("docket_paper")
    with op.batch_alter_table("docket_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_docket_entry_matter_id"))
        batch_op.drop_index("ix_docket_entry_lawsuit_id_filed_on")
        batch_op.drop_index(batch_op.f("ix_docket_entry_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_docket_entry_known_on"))

    op.drop_table("docket_entry")
    with op.batch_alter_table("appearance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appearance_matter_id"))
        batch_op.drop_index(batch_op.f("ix_appearance_lawsuit_id"))
        batch_op.drop_index(batch_op.f("ix_appearance_known_on"))

    op.drop_table("appearance")
    with op.batch_alter_table("webhook", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_person_id"))

    op.drop_table("webhook")
    with op.batch_alter_table("wall", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_wall_standing",
            sqlite_where=sa.text("down_at IS NULL"),
            postgresql_where=sa.text("down_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_wall_matter_id"))

    op.drop_table("wall")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_person_id"))
        batch_op.drop_index(batch_op.f("ix_task_matter_id"))
        batch_op.drop_index(batch_op.f("ix_task_known_on"))

    op.drop_table("task")
    with op.batch_alter_table("standing_permission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standing_permission_person_id"))
        batch_op.drop_index(batch_op.f("ix_standing_permission_matter_id"))

    op.drop_table("standing_permission")
    op.drop_table("sign_in_link")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    op.drop_table("second_factor")
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_view_shared"))
        batch_op.drop_index(batch_op.f("ix_saved_view_person_id"))

    op.drop_table("saved_view")
    with op.batch_alter_table("request_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_draft_owner_id"))
        batch_op.drop_index(batch_op.f("ix_request_draft_for_matter_id"))

    op.drop_table("request_draft")
    with op.batch_alter_table("reminder_policy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_policy_person_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_policy_matter_id"))

    op.drop_table("reminder_policy")
    op.drop_table("reminder_hours")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_person_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("password_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_password_link_person_id"))

    op.drop_table("password_link")
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkey_person_id"))

    op.drop_table("passkey")
    with op.batch_alter_table("origin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_origin_matter_id"))

    op.drop_table("origin")
    op.drop_table("office_template")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_person_id"))
        batch_op.drop_index(batch_op.f("ix_membership_matter_id"))

    op.drop_table("membership")
    op.drop_table("linked_account")
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_legal_hold_standing",
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )

    op.drop_table("legal_hold")
    with op.batch_alter_table("lawsuit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lawsuit_matter_id"))
        batch_op.drop_index(batch_op.f("ix_lawsuit_known_on"))

    op.drop_table("lawsuit")
    with op.batch_alter_table("foia_request", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_foia_request_waiver",
            sqlite_where=sa.text("fee_waiver_because <> ''"),
            postgresql_where=sa.text("fee_waiver_because <> ''"),
        )
        batch_op.drop_index("ix_foia_request_title_id")
        batch_op.drop_index(batch_op.f("ix_foia_request_their_due_on"))
        batch_op.drop_index("ix_foia_request_stage_asked_on_id")
        batch_op.drop_index(batch_op.f("ix_foia_request_owner_id"))
        batch_op.drop_index("ix_foia_request_matter_id_asked_on_id")
        batch_op.drop_index(batch_op.f("ix_foia_request_matter_id"))
        batch_op.drop_index(batch_op.f("ix_foia_request_known_on"))
        batch_op.drop_index("ix_foia_request_due")
        batch_op.drop_index("ix_foia_request_asked_on_id")

    op.drop_table("foia_request")
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.drop_index("ix_flag_subject")
        batch_op.drop_index(batch_op.f("ix_flag_matter_id"))
        batch_op.drop_index(batch_op.f("ix_flag_known_on"))

    op.drop_table("flag")
    with op.batch_alter_table("emergency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_emergency_person_id"))
        batch_op.drop_index(batch_op.f("ix_emergency_matter_id"))

    op.drop_table("emergency")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_matter_id"))
        batch_op.drop_index(batch_op.f("ix_document_known_on"))

    op.drop_table("document")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_known_on"))

    op.drop_table("contact")
    with op.batch_alter_table("closure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closure_known_on"))

    op.drop_table("closure")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_ends_at"))

    op.drop_table("challenge")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_person_id"))

    op.drop_table("calendar_feed")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_person_id"))

    op.drop_table("api_token")
    with op.batch_alter_table("answered", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answered_person_id"))
        batch_op.drop_index(batch_op.f("ix_answered_at"))

    op.drop_table("answered")
    op.drop_table("person")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_known_on"))

    op.drop_table("organisation")
    op.drop_table("office")
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matter_known_on"))

    op.drop_table("matter")
    op.drop_table("history_head")
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_history_entry_subject")
        batch_op.drop_index("ix_history_entry_matter")

    op.drop_table("history_entry")
    op.drop_table("heartbeat")
    op.drop_table("court")
    op.drop_table("blob")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_last_at"))

    op.drop_table("attempt")
    op.drop_table("agency")
