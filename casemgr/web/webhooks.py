"""Webhooks: make one, see what it was told, pause it, remove it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.domain.happenings import CHOICES
from casemgr.usecases import webhook_deliveries, webhooks
from casemgr.usecases.views import webhooks as views
from casemgr.usecases.webhooks import WebhookInput
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Form,
    Problems,
    attempt,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
)

TICKED = "tell-"  # begins the name of each box of what to tell

router = page_router("/webhooks")


@router.get("")
def show_webhooks(http: Request, work: WorkDep) -> Response:
    """Show one's webhooks and the form that makes one."""
    return _shelf(http, work)


@router.post("")
def make_webhook(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Make a webhook, and show its secret this once."""
    form = _read(work, sent)
    done = attempt_form(work, form, partial(webhooks.make, work))
    if isinstance(done, Problems):
        return _shelf(http, work, typed=sent, problems=done, status=done.status)
    return _shelf(http, work, made=done[1], made_id=done[0].id)


@router.get("/{hook_id}")
def show_webhook(http: Request, work: WorkDep, hook_id: str) -> Response:
    """Show one of one's webhooks and what it was told."""
    return _one(http, work, hook_id)


@router.post("/{hook_id}")
def change_webhook(http: Request, work: WorkDep, hook_id: str, sent: Fields) -> Response:
    """Change where a webhook is told, and of what."""
    form = _read(work, sent)
    act = partial(_changed, work, hook_id, form.version)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _one(http, work, hook_id, typed=sent, problems=done, status=done.status)
    return see(f"/webhooks/{hook_id}")


@router.post("/{hook_id}/test")
def try_webhook(http: Request, work: WorkDep, hook_id: str) -> Response:
    """Owe a webhook a test message."""
    return _done(http, work, hook_id, partial(webhooks.try_out, work, hook_id))


@router.post("/{hook_id}/resume")
def resume_webhook(http: Request, work: WorkDep, hook_id: str) -> Response:
    """Tell a webhook again, first of what happened meanwhile."""
    return _done(http, work, hook_id, partial(webhooks.resume, work, hook_id))


@router.post("/{hook_id}/again/{delivery_id}")
def send_again(http: Request, work: WorkDep, hook_id: str, delivery_id: str) -> Response:
    """Owe a webhook again what was given up."""
    act = partial(webhook_deliveries.send_again, work, delivery_id)
    return _done(http, work, hook_id, act)


@router.post("/{hook_id}/pause")
def pause_webhook(work: WorkDep, hook_id: str) -> Response:
    """Stop telling a webhook for now."""
    webhooks.pause(work, hook_id)
    return see("/webhooks")


@router.post("/{hook_id}/remove")
def remove_webhook(work: WorkDep, hook_id: str) -> Response:
    """Tell a webhook nothing any more."""
    webhooks.end(work, hook_id)
    return see("/webhooks")


def _changed(work: Work, hook_id: str, version: int | None, given: WebhookInput) -> object:
    return webhooks.change(work, hook_id, given, version=version)


def _done(http: Request, work: Work, hook_id: str, act: Any) -> Response:
    done = attempt(work, act)
    if isinstance(done, Problems):
        return _one(http, work, hook_id, problems=done, status=done.status)
    return see(f"/webhooks/{hook_id}#messages")


def _read(work: Work, sent: Mapping[str, str]) -> Form[WebhookInput]:
    plain = {name: text for name, text in sent.items() if not name.startswith(TICKED)}
    ticked = [name.removeprefix(TICKED) for name in sent if name.startswith(TICKED)]
    return read_form(WebhookInput, {**plain, "happenings": " ".join(ticked)}, work.today)


def _shelf(http: Request, work: Work, *, status: int = 200, **given: Any) -> Response:
    shown = {"typed": {}, "problems": {}, "made": "", "made_id": "", **given}
    seen = views.shelf(work)
    return page(
        http, "webhooks", work, status=status, seen=seen, happenings=CHOICES, copies=True, **shown
    )


def _one(http: Request, work: Work, hook_id: str, *, status: int = 200, **given: Any) -> Response:
    hook, messages = views.one(work, hook_id)
    stands = {
        "name": hook.name,
        "address": hook.address,
        "about_matter_id": hook.about_matter_id or "",
        **{f"{TICKED}{each}": "1" for each in hook.happenings},
    }
    shown = {"typed": stands, "problems": {}, **given}
    return page(
        http,
        "webhook",
        work,
        status=status,
        hook=hook,
        messages=messages,
        matters=views.shelf(work).matters,
        happenings=CHOICES,
        **shown,
    )
