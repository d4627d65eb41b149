"""The container file and the compose file name what is there, and keep what they promise."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tests.deploy.containerfile import Stage, read, words

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def stages() -> list[Stage]:
    return read(ROOT / "Containerfile")


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def example() -> str:
    return (ROOT / "deploy" / "quaymark.env.example").read_text()


def copied(stage: Stage) -> list[str]:
    """What a stage takes from the checkout."""
    return [
        source for copy in stage.all("COPY") if not copy.startswith("--from") for source in copy.split()[:-1]
    ]


def test_what_is_copied_is_there_and_not_ignored(stages):
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for stage in stages:
        for source in copied(stage):
            assert (ROOT / source).exists(), source
            assert source in allowed, source


def test_stages_are_taken_from_stages_that_exist(stages):
    names = {stage.name for stage in stages}
    taken = re.findall(r"--from=(\S+)", (ROOT / "Containerfile").read_text())
    assert set(taken) <= names and taken


def test_every_app_is_in_the_image(stages):
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")} | {"config", "ml", "locale", "deploy"}
    assert apps <= set(copied(stages[-1]))


def test_the_image_that_runs_has_no_torch(stages):
    """It comes from the stage with the base packages; only the exported backbone leaves the other one."""
    from_stages = [copy.split() for copy in stages[-1].all("COPY") if copy.startswith("--from")]
    assert from_stages == [
        ["--from=packages", "/opt/quaymark/.venv", ".venv"],
        ["--from=backbone", "/models", "models"],
    ]
    packages = next(stage for stage in stages if stage.name == "packages")
    assert not any("[ml]" in run or "torch" in run for run in packages.all("RUN"))


def test_it_runs_as_nobody_in_particular(stages):
    user = stages[-1].last("USER")
    assert user not in ("root", "0")
    assert any(
        f"useradd --system --uid 10001 --home-dir /var/lib/{user}" in run for run in stages[-1].all("RUN")
    )


def test_its_commands_are_there(stages):
    assert words(stages[-1].last("CMD"))[-1] == "deploy/gunicorn.conf.py"
    for command in (stages[-1].last("CMD"), stages[-1].last("HEALTHCHECK")):
        for word in words(command):
            assert not word.startswith("deploy/") or (ROOT / word).exists(), word


def test_images_have_a_version_and_a_source(stages, compose):
    images = [stage.base for stage in stages if "/" in stage.base]
    images += [one["image"] for name, one in compose["services"].items() if "build" not in one]
    for image in images:
        assert re.fullmatch(r"docker\.io/library/[a-z]+:\d[\w.-]*", image), image


def test_the_programs_of_the_database_are_of_its_version(stages, compose):
    server = re.search(r":(\d+)", compose["services"]["database"]["image"])[1]
    assert any(f"postgresql-client-{server} " in f"{run} " for run in stages[-1].all("RUN"))


def test_volumes_and_dependencies_of_compose_exist(compose):
    services = compose["services"]
    for name, service in services.items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or (ROOT / source).exists(), (name, source)
        for other, how in service.get("depends_on", {}).items():
            assert other in services
            if how["condition"] == "service_healthy":
                assert "healthcheck" in services[other] or "build" in services[other]


def test_our_own_containers_may_do_little(compose):
    for name in ("web", "worker", "prepare"):
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "ports" not in service


def test_only_the_proxy_can_be_reached(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]


def test_what_compose_reads_from_the_environment_is_in_the_example(compose, example):
    text = (ROOT / "compose.yaml").read_text() + (ROOT / "deploy" / "Caddyfile").read_text()
    demanded = set(re.findall(r"\$\{([A-Z_]+):\?", text)) | set(re.findall(r"\{\$([A-Z_]+)\}", text))
    assert {name for name in demanded if f"\n{name}=" not in example} == set()


def test_every_setting_in_the_example_is_in_the_readme(example):
    readme = (ROOT / "README.md").read_text()
    names = set(re.findall(r"^#?([A-Z_0-9]+)=", example, re.MULTILINE)) - {
        "SITE_ADDRESS",
        "POSTGRES_PASSWORD",
    }
    assert len(names) > 5
    assert {name for name in names if f"`{name}`" not in readme} == set()


def test_every_command_named_exists(compose):
    texts = [(ROOT / "deploy" / name).read_text() for name in ("build", "prepare")]
    texts += [unit.read_text() for unit in (ROOT / "deploy" / "systemd").iterdir()]
    texts += [" ".join(service.get("command", [])) for service in compose["services"].values()]
    named = {name for text in texts for name in re.findall(r"manage\.py (\w+)", text)}
    assert {"migrate", "load_content", "worker", "backup", "collectstatic"} <= named
    assert named <= set(get_commands())
