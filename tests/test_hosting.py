"""The files and the page for hosts stay true: they can be read, and what they name exists and is read by the code."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.routing import Route
from streamlit import config

from playground.runtime import Limits, LiveRuns, Pool, limits_from_environment
from playground.runtime.logs import writes_json
from playground.runtime.server.metrics import Metrics, MetricsPlace, metrics_place
from playground.runtime.server.routes import live_routes
from playground.store.database.postgres import url_of
from playground.store.place import NOWHERE
from tests.dockerfile import instructions
from tests.runtime.peers import same_host
from tests.runtime.test_pool import StillHost

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "hosting"
PAGE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
DOCKERFILE = list(instructions((ROOT / "Dockerfile").read_text(encoding="utf-8")))
PORT = 8501
OF_THE_FILES = {"PLAYGROUND_SITE", "PLAYGROUND_PATH", "PLAYGROUND_UPSTREAM", "PLAYGROUND_MEMORY"}
"""Variables that the Caddyfile and the compose file read themselves."""
VARIABLE = re.compile(r"PLAYGROUND_[A-Z_]+")


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def from_yaml(text: str) -> Any:
    return yaml.safe_load(text)


def from_toml(text: str) -> dict[str, Any]:
    toml = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    return dict(toml.loads(text))


COMPOSE, RENDER, CLOUD_RUN = (from_yaml(text_of(f"{name}.yaml")) for name in ("compose", "render", "cloudrun"))
FLY, SECRETS = from_toml(text_of("fly.toml")), from_toml(text_of("streamlit-secrets.toml"))
CONTAINER = CLOUD_RUN["spec"]["template"]["spec"]["containers"][0]
ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {
    "Dockerfile": dict(re.findall(r"(\w+)=(\S+)", " ".join(rest for name, rest in DOCKERFILE if name == "ENV"))),
    "compose.yaml": COMPOSE["services"]["playground"]["environment"],
    "render.yaml": {each["key"]: each.get("value", "x") for each in RENDER["services"][0]["envVars"]},
    "fly.toml": FLY["env"],
    "cloudrun.yaml": {each["name"]: each["value"] for each in CONTAINER["env"]},
    "streamlit-secrets.toml": SECRETS,
}


def read_by_the_code() -> set[str]:
    sources = [ROOT / "app.py", *(ROOT / "playground").rglob("*.py")]
    return {name for source in sources for name in VARIABLE.findall(source.read_text(encoding="utf-8"))}


def of_streamlit() -> set[str]:
    return {option.env_var for option in config.get_config_options().values()}


def defaults_of(environment: Mapping[str, str]) -> dict[str, str]:
    """As compose fills it in where nobody has set anything."""
    return {name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value) for name, value in environment.items()}


def still_runs() -> LiveRuns:
    return LiveRuns(Pool(StillHost, Limits()), Limits())


# Settings ----------------------------------------------------------------------------------------------------------


def test_the_page_names_every_variable_that_the_code_reads_and_no_other() -> None:
    table = {name for row in re.findall(r"^\| (`.+?`) \|", PAGE, re.MULTILINE) for name in VARIABLE.findall(row)}
    assert table == read_by_the_code()
    assert set(VARIABLE.findall(PAGE)) <= table | OF_THE_FILES


def test_the_page_shows_an_address_of_a_database_that_is_understood() -> None:
    (shown,) = re.findall(r"^\| `DATABASE_URL` \|.* like `(.+?)` \|", PAGE, re.MULTILINE)
    url = url_of(shown)
    assert (url.username, url.password, url.host, url.port, url.database) == (
        "user",
        "password",
        "host",
        5432,
        "database",
    )


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_a_file_names_variables_that_somebody_reads_and_is_named_by_the_page(name: str) -> None:
    assert f"docs/hosting/{name}" in PAGE
    assert set(VARIABLE.findall(text_of(name))) <= read_by_the_code() | OF_THE_FILES
    assert set(re.findall(r"STREAMLIT_[A-Z_]+", text_of(name))) <= of_streamlit()


def test_the_variables_of_caddy_and_compose_are_read_by_them() -> None:
    read = set(re.findall(r"\{\$(\w+):", text_of("Caddyfile"))) | set(
        re.findall(r"\$\{(\w+):-", text_of("compose.yaml"))
    )
    assert read >= OF_THE_FILES


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_what_a_file_sets_is_read_and_taken(name: str) -> None:
    environment = defaults_of(ENVIRONMENTS[name])
    assert set(environment) <= read_by_the_code() | of_streamlit() | {"PORT", "DATABASE_URL"} | {
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONUNBUFFERED",
        "PIP_NO_CACHE_DIR",
    }
    limits = limits_from_environment({"PLAYGROUND_MEMORY_MB": "2000", **environment})
    assert limits.holds > 0
    writes_json(environment)
    metrics_place(environment)


@pytest.mark.parametrize("name", ["STREAMLIT_SERVER_BASE_URL_PATH", "STREAMLIT_SERVER_COOKIE_SECRET"])
def test_streamlit_reads_what_the_page_says_of_it(name: str) -> None:
    assert name in of_streamlit() and name in PAGE
    assert set(re.findall(r"STREAMLIT_[A-Z_]+", PAGE)) <= of_streamlit()


# Ports, paths, places ----------------------------------------------------------------------------------------------


def test_all_mean_the_port_where_the_container_listens() -> None:
    assert ENVIRONMENTS["Dockerfile"]["PORT"] == str(PORT)
    assert [rest for name, rest in DOCKERFILE if name == "EXPOSE"] == [str(PORT)]
    assert f"127.0.0.1:{PORT};" in text_of("nginx.conf")
    assert f"playground:{PORT}" in text_of("Caddyfile")
    assert COMPOSE["services"]["caddy"]["environment"]["PLAYGROUND_UPSTREAM"] == f"playground:{PORT}"
    assert from_yaml(text_of("huggingface.md").split("---")[1])["app_port"] == PORT
    assert FLY["http_service"]["internal_port"] == PORT == int(FLY["env"]["PORT"])
    assert CONTAINER["ports"] == [{"containerPort": PORT}]


def health_paths() -> Iterator[str]:
    yield RENDER["services"][0]["healthCheckPath"]
    yield from (check["path"] for check in FLY["http_service"]["checks"])
    yield CONTAINER["startupProbe"]["httpGet"]["path"]
    yield CONTAINER["livenessProbe"]["httpGet"]["path"]


def test_who_asks_for_health_asks_a_route_that_is_there() -> None:
    routes = live_routes(still_runs(), Limits(), same_host, "")
    known = {route.path for route in routes if isinstance(route, Route)}
    assert set(health_paths()) == {"/_playground/health"} <= known
    assert "/_playground/metrics" in known


def test_the_dockerfile_copies_what_exists_and_is_what_the_others_build() -> None:
    for name, rest in DOCKERFILE:
        if name == "COPY":
            assert all((ROOT / source).exists() for source in rest.split()[:-1]), rest
    service = COMPOSE["services"]["playground"]
    context = (FOLDER / service["build"]["context"]).resolve()
    assert context == ROOT and (context / service["build"]["dockerfile"]).samefile(ROOT / "Dockerfile")
    assert (FOLDER / FLY["build"]["dockerfile"]).samefile(ROOT / "Dockerfile")
    assert (ROOT / RENDER["services"][0]["dockerfilePath"]).samefile(ROOT / "Dockerfile")


def test_compose_writes_only_where_the_image_keeps_runs_and_asks_its_health() -> None:
    service = COMPOSE["services"]["playground"]
    volumes = [folder for name, rest in DOCKERFILE if name == "VOLUME" for folder in rest.split()]
    assert service["read_only"] and service["tmpfs"] == ["/tmp"] and service["cap_drop"] == ["ALL"]
    assert [volume.split(":")[1] for volume in service["volumes"]] == volumes
    assert volumes == [ENVIRONMENTS["Dockerfile"][f"PLAYGROUND_{what}_FOLDER"] for what in ("RUNS", "ROOMS")]
    assert COMPOSE["services"]["caddy"]["depends_on"]["playground"]["condition"] == "service_healthy"
    assert any(name == "HEALTHCHECK" for name, _ in DOCKERFILE)
    mounted = [each.split(":")[0] for one in COMPOSE["services"].values() for each in one["volumes"]]
    files = [each for each in mounted if each.startswith(".")]
    assert files and all((FOLDER / each).is_file() for each in files)
    assert {each for each in mounted if not each.startswith(".")} == set(COMPOSE["volumes"])


def test_where_a_page_would_lose_its_run_there_is_one_server() -> None:
    template = CLOUD_RUN["spec"]["template"]
    assert template["metadata"]["annotations"]["autoscaling.knative.dev/maxScale"] == "1"
    assert template["spec"]["timeoutSeconds"] == 3600  # the longest there is, for a WebSocket too
    assert RENDER["services"][0]["numInstances"] == 1
    assert "fly deploy . --config docs/hosting/fly.toml --ha=false" in PAGE


def test_the_space_says_what_hugging_face_must_know() -> None:
    front = from_yaml(text_of("huggingface.md").split("---")[1])
    assert front["sdk"] == "docker" and front["license"] == "apache-2.0"
    assert len(front["short_description"]) <= 60
    assert {front["colorFrom"], front["colorTo"]} <= {
        "red",
        "yellow",
        "green",
        "blue",
        "indigo",
        "purple",
        "pink",
        "gray",
    }
    for what in ("RUNS", "ROOMS"):
        assert f"`PLAYGROUND_{what}_FOLDER` to `{NOWHERE}`" in PAGE


def test_nginx_lets_through_the_largest_table_and_the_sockets() -> None:
    site = text_of("nginx.conf")
    assert f"client_max_body_size {config.get_option('server.maxUploadSize')}m;" in site
    assert "proxy_set_header Upgrade $http_upgrade;" in site and "proxy_set_header Host $http_host;" in site
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in site  # else pictures of links are said to be at http


# What the page says ------------------------------------------------------------------------------------------------


def test_what_the_page_names_exists() -> None:
    for path in re.findall(r"`(docs/[\w./-]+)`", PAGE):
        assert (ROOT / path).exists(), path
    for module in re.findall(r"python -m ([\w.]+)", PAGE):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module
    sections = {
        re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in re.findall(r"^## (.+)$", PAGE, re.M)
    }
    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) <= sections


def test_the_page_names_every_figure_and_no_other() -> None:
    runs = still_runs()
    text = Metrics(runs, MetricsPlace("token")).text().decode()
    given = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    assert set(re.findall(r"`(playground_\w+)", PAGE)) == given


def test_every_fact_about_a_host_says_where_and_when_it_was_noted() -> None:
    for title in ("Streamlit Community Cloud", "Hugging Face Space", "Render", "Fly", "Cloud Run"):
        section = " ".join(PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0].split())
        assert re.search(r"\]\(https://[^)]+\)", section), title
        assert re.search(r"noted in (September|November) 2026", section), title
