"""E-mails: in the reader's language, as text and HTML; kept where they can't be sent."""

import smtplib
from html.parser import HTMLParser
from pathlib import Path
from unittest import mock

import allauth
import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Permission
from django.core import mail as django_mail
from django.utils import timezone, translation

from accounts.adapter import CHANGES, LETTERS
from accounts.mail import UnusableAddress, deliver, send_mail_to
from accounts.models import Administration, SentMail
from accounts.roles import Role
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

RESET = {"password_reset_url": "http://testserver/en/accounts/password/reset/key/1-abc/"}


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    def send(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return send_mail_to(*args, **kwargs)

    return send


@pytest.fixture
def broken_server(settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_mail.BrokenServer"


class BrokenServer:
    """A mail server that is down."""

    def __init__(self, **options: object) -> None:
        pass

    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError("nobody listens")


def test_a_mail_goes_out_as_text_and_html(send):
    send(make_user("amal@customs.example"), "password_reset_key", RESET)
    (message,) = django_mail.outbox
    assert message.to == ["amal@customs.example"]
    assert RESET["password_reset_url"] in message.body
    html, media_type = message.alternatives[0]
    assert media_type == "text/html"
    assert RESET["password_reset_url"] in html
    assert SentMail.objects.get().state == SentMail.State.SENT


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_a_mail_is_in_the_language_of_its_reader_whatever_the_page_is_in(send, language, direction):
    with translation.override("es"):
        mail = send(make_user(language=language), "password_reset_key", RESET)
    assert mail.language == language
    assert f'lang="{language}"' in mail.html
    assert f'dir="{direction}"' in mail.html


def test_a_bare_address_is_written_to_in_the_language_given(send):
    assert send("new@customs.example", "password_reset_key", RESET, language="ru").language == "ru"


def test_an_unknown_language_becomes_english(send):
    assert send("new@customs.example", "password_reset_key", RESET, language="xx").language == "en"


def test_what_people_typed_is_escaped_in_html_and_plain_in_text(send):
    mail = send(make_user(first_name="<b>Ama & l"), "password_reset_key", RESET)
    assert "Hello <b>Ama & l," in mail.text
    assert "&lt;b&gt;Ama &amp; l" in mail.html


class Remote(HTMLParser):
    """Finds what a mail program would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in {"img", "link", "script", "iframe"}:
            self.found.append(tag)


@pytest.mark.parametrize("language", [code for code, _ in django_settings.LANGUAGES])
@pytest.mark.parametrize("template", sorted({*LETTERS.values(), "account_changed"}))
def test_every_mail_in_every_language_has_a_subject_and_fetches_nothing(send, template, language):
    context = {
        **RESET,
        "activate_url": RESET["password_reset_url"],
        "change": CHANGES["totp_activated"],
        "timestamp": timezone.now(),
        "ip": "192.0.2.7",
        "user_agent": "Firefox",
    }
    mail = send(make_user(language=language), template, context)
    remote = Remote()
    remote.feed(mail.html)
    assert mail.subject
    assert "http://testserver/" in mail.text
    assert "http://testserver/" in mail.html
    assert remote.found == []


def test_a_line_break_in_a_name_puts_no_header_into_a_mail(send):
    person = make_user(first_name="Amal\r\nBcc: all@customs.example")
    context = {"change": str(person), "password_reset_url": "x", "timestamp": timezone.now()}
    mail = send(person, "account_changed", context)
    assert mail.subject == "Amal Bcc: all@customs.example"
    assert "bcc" not in {name.lower() for name in django_mail.outbox[0].message()}


@pytest.mark.parametrize(
    "address", ["a@b.example\nBcc: c@d.example", "a@b.example\r\n", "a@b.example, c@d.example", "nobody", ""]
)
def test_an_address_that_smuggles_in_headers_is_refused(address):
    with pytest.raises(UnusableAddress):
        send_mail_to(address, "password_reset_key", RESET)
    assert not SentMail.objects.exists()


def test_without_a_mail_server_a_mail_is_kept(send, settings):
    settings.MAIL_SERVER_SET = False
    mail = send(make_user(), "password_reset_key", RESET, secret=True)
    assert django_mail.outbox == []
    assert mail.state == SentMail.State.KEPT
    assert RESET["password_reset_url"] in mail.text


def test_a_mail_server_that_is_down_breaks_no_page(client, broken_server, django_capture_on_commit_callbacks):
    make_user("amal@customs.example")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/en/accounts/password/reset/", {"email": "amal@customs.example"})
    assert response.status_code == 302
    mail = SentMail.objects.get()
    assert mail.state == SentMail.State.FAILED
    assert mail.failure == "ConnectionRefusedError"


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (smtplib.SMTPRecipientsRefused({"amal@customs.example": (550, b"no amal@x at mx.internal")}), "550"),
        (smtplib.SMTPSenderRefused(553, b"who is from@x", "from@x"), "553"),
        (smtplib.SMTPAuthenticationError(535, b"mx.internal"), "535"),
        (smtplib.SMTPServerDisconnected("mx.internal"), ""),
    ],
)
def test_of_a_refusal_only_its_kind_and_number_are_kept(send, error, kept):
    with mock.patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=error):
        mail = send(make_user(), "password_reset_key", RESET)
    mail.refresh_from_db()
    assert mail.failure == f"{type(error).__name__} {kept}".strip()


def test_a_mail_that_failed_goes_out_once_the_server_is_back(send, broken_server, settings):
    mail = send(make_user(), "password_reset_key", RESET)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for _ in range(2):
        deliver.enqueue(mail.pk)
    mail.refresh_from_db()
    assert mail.state == SentMail.State.SENT
    assert len(django_mail.outbox) == 1


def test_the_worker_tries_a_failed_mail_again_later(broken_server, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    mail = SentMail.objects.create(to="a@b.example", subject="s", text="t", language="en")
    deliver.func(mail.pk)
    (later,) = deliver.get_backend().results
    assert later.task.run_after > timezone.now()


def test_a_sent_link_is_forgotten(send):
    mail = send(make_user(), "password_reset_key", RESET, secret=True)
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.html) == (SentMail.State.SENT, "", "")


def test_a_reset_is_asked_for_in_one_language_and_read_in_another(client, django_capture_on_commit_callbacks):
    make_user("amal@customs.example", language="ar")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/fr/accounts/password/reset/", {"email": "Amal@customs.example"})
    (message,) = django_mail.outbox
    assert "/ar/accounts/password/reset/key/" in message.body
    assert "/fr/" not in message.body


def test_a_stranger_gets_no_mail_by_asking_for_a_new_password(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/en/accounts/password/reset/", {"email": "stranger@elsewhere.example"})
    assert not SentMail.objects.exists()


def test_a_changed_password_is_told_to_its_owner(client, django_capture_on_commit_callbacks):
    client.force_login(make_user("amal@customs.example"))
    new = {
        "oldpassword": PASSWORD,
        "password1": "another long password",
        "password2": "another long password",
    }
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/en/accounts/password/change/", new)
    assert [message.subject for message in django_mail.outbox] == ["Your password was changed."]


def test_every_mail_that_allauth_may_send_has_words():
    folder = Path(allauth.__file__).parent / "templates"
    names = {
        path.name.removesuffix("_subject.txt")
        for app in ("account", "mfa", "socialaccount")
        for path in (folder / app / "email").glob("*_subject.txt")
    }
    by_code = {"login_code", "password_reset_code"}
    assert names - by_code - {"unknown_account"} - LETTERS.keys() - CHANGES.keys() == set()


# --- The outbox in the admin ---------------------------------------------------------------------


@pytest.fixture
def kept(settings):
    """A reset link for somebody of Examplia, and a notice for somebody of Elsewhere."""
    settings.MAIL_SERVER_SET = False
    here = Administration.objects.create(name="Examplia")
    there = Administration.objects.create(name="Elsewhere")
    reset = send_mail_to(make_user(administration=here), "password_reset_key", RESET, secret=True)
    notice = {"change": "Changed", "password_reset_url": "x", "timestamp": timezone.now()}
    return {
        "here": here,
        "reset": reset,
        "notice": send_mail_to(make_user(administration=there), "account_changed", notice),
    }


def coordinator_of(administration):
    person = make_user(roles=(Role.COORDINATOR,), administration=administration)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def test_an_administrator_reads_the_outbox(client, kept):
    client.force_login(make_user(is_superuser=True))
    page = client.get("/admin/mails/").content.decode()
    assert kept["reset"].to in page
    assert kept["notice"].to in page
    assert "EMAIL_URL" in page
    assert RESET["password_reset_url"] in client.get(f"/admin/mails/{kept['reset'].pk}/").content.decode()


def test_a_coordinator_sees_that_a_link_was_written_but_not_the_link(client, kept):
    client.force_login(coordinator_of(kept["here"]))
    assert kept["reset"].to in client.get("/admin/mails/").content.decode()
    assert "/reset/key/" not in client.get(f"/admin/mails/{kept['reset'].pk}/").content.decode()


def test_a_coordinator_sees_nothing_of_another_administration(client, kept):
    client.force_login(coordinator_of(kept["here"]))
    assert kept["notice"].to not in client.get("/admin/mails/").content.decode()
    assert client.get(f"/admin/mails/{kept['notice'].pk}/").status_code == 404


def test_a_trainer_does_not_see_the_outbox(client, kept):
    trainer = make_user(roles=(Role.TRAINER,), administration=kept["here"])
    trainer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(trainer)
    for address in ("/admin/mails/", f"/admin/mails/{kept['reset'].pk}/"):
        assert client.get(address).status_code in (302, 403)
        assert kept["reset"].to not in client.get(address, follow=True).content.decode()


def test_with_a_mail_server_the_outbox_does_not_warn(client):
    client.force_login(make_user(is_superuser=True))
    assert "EMAIL_URL" not in client.get("/admin/mails/").content.decode()


def test_who_moves_brings_no_mails_along(client, kept):
    there = Administration.objects.get(name="Elsewhere")
    moved = kept["reset"].recipient
    moved.administration = there
    moved.save()
    client.force_login(coordinator_of(there))
    assert kept["reset"].to not in client.get("/admin/mails/").content.decode()
    assert client.get(f"/admin/mails/{kept['reset'].pk}/").status_code == 404
    client.force_login(coordinator_of(kept["here"]))
    assert kept["reset"].to in client.get("/admin/mails/").content.decode()


def test_a_forged_host_gets_into_no_link(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.WAGTAILADMIN_BASE_URL = "https://train.customs.example"
    person = make_user(language="fr")
    client.post("/en/accounts/password/reset/", {"email": person.email}, HTTP_HOST="evil.example")
    mail = SentMail.objects.get()
    assert "https://train.customs.example/fr/accounts/password/reset/key/" in mail.text
    assert "evil.example" not in mail.text + mail.html
