"""Webhooks for programs: made with a secret shown once, changed, tried, paused and removed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from pydantic import create_model
from sqlmodel import SQLModel
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.nouns import Act, Asker, Change, Noun, Remove
from casemgr.api.problems import answers
from casemgr.api.routes import answer_once, api_router
from casemgr.api.shapes import TODAY, Shape
from casemgr.db.tables import Webhook, WebhookDelivery
from casemgr.desk import WorkDep
from casemgr.usecases import webhook_deliveries, webhooks
from casemgr.usecases.work import Work

EXAMPLE = {
    "name": "The office's chat",
    "address": "https://chat.example.org/hooks/casemgr",
    "happenings": ["date.made", "date.moved", "agency.refused"],
}


def own(table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for the asker's own webhooks."""
    return webhooks.own(table, asker, TODAY)


def own_deliveries(table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for what the asker's own webhooks were told."""
    return webhook_deliveries.own_deliveries(table, asker, TODAY)


def _tried(work: Work, hook_id: str) -> Webhook:
    """Owe a webhook a test message; it goes out within a minute, and is in its deliveries."""
    webhooks.try_out(work, hook_id)
    return work.session.get_one(Webhook, hook_id)


WEBHOOKS = Noun(
    path="webhooks",
    one="webhook",
    about="A program outside that is told what happens on your matters, by codes and addresses "
    "alone. Each message is signed as Standard Webhooks 1.0.0 has it.",
    shape=Shape("Webhook", Webhook, without=("salt", "told_seq")),
    order="made_at",
    scope=own,
    change=Change(webhooks.WebhookInput, webhooks.change, {"name": "The clinic's chat"}),
    acts=(
        Act("test", "test_webhook", "Send one of your webhooks a test message", _tried),
        Act("pause", "pause_webhook", "Tell one of your webhooks nothing for now", webhooks.pause),
        Act("resumption", "resume_webhook", "Tell a webhook again", webhooks.resume),
    ),
    remove=Remove(
        "remove_webhook",
        "Remove one of your webhooks",
        "Tell it nothing any more; it stays in the list with the moment it ended.",
        webhooks.end,
    ),
)

DELIVERIES = Noun(
    path="webhook-deliveries",
    one="webhook delivery",
    about="One message to one of your webhooks: sent, waiting for its next try, or given up.",
    shape=Shape(
        "WebhookDelivery", WebhookDelivery, without=("claimed_by", "lease_until", "unsure")
    ),
    order="owed_at",
    newest_first=True,
    filters={"webhook": "webhook_id", "state": "state"},
    scope=own_deliveries,
    acts=(
        Act(
            "repetition",
            "repeat_webhook_delivery",
            "Send again what was given up",
            webhook_deliveries.send_again,
        ),
    ),
)

NOUNS = (WEBHOOKS, DELIVERIES)

NewWebhook = create_model(
    "NewWebhook",
    __base__=WEBHOOKS.shape.model,
    __doc__="A webhook just made: its secret is shown here and never again.",
    secret=(str, ...),
)

router = api_router()


@router.post(
    "/webhooks",
    status_code=201,
    operation_id="create_webhook",
    summary="Make one webhook for your matters",
    response_model=None,
    responses={201: {"model": NewWebhook}, **answers(400, 401, 403, 409, 413, 422, 503)},
)
def create_webhook(
    work: WorkDep,
    given: Annotated[webhooks.WebhookInput, StrictJson(), Body(examples=[EXAMPLE])],
) -> Response:
    """Make a webhook; keep its secret where the program that is told keeps its own."""
    hook, secret = webhooks.make(work, given)
    return answer_once(work, WEBHOOKS, hook, NewWebhook, secret=secret)
