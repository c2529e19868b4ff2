"""Fixtures of pytest and of well-known plug-ins: asking for one changes no attribute of a test."""

from __future__ import annotations

# Whoever plants attributes, as `client_class` of pytest-flask does, has no place here.
_BY_PLUGIN = {
    "pytest": "cache capfd capfdbinary caplog capsys capsysbinary capteesys config doctest_namespace "
    "monkeypatch pytestconfig pytester record_property record_testsuite_property record_xml_attribute recwarn "
    "request subtests testdir tmp_path tmp_path_factory tmpdir tmpdir_factory LineMatcher",
    "aiohttp": "aiohttp_client aiohttp_client_cls aiohttp_raw_server aiohttp_server aiohttp_unused_port "
    "loop loop_debug proactor_loop raw_test_server test_client test_server unused_port",
    "aioresponses": "mock_aioresponse",
    "alembic": "alembic_config alembic_engine alembic_runner",
    "anyio": "anyio_backend anyio_backend_name anyio_backend_options free_tcp_port free_tcp_port_factory "
    "free_udp_port free_udp_port_factory",
    "asyncio": "event_loop event_loop_policy unused_tcp_port unused_tcp_port_factory unused_udp_port "
    "unused_udp_port_factory",
    "base-url": "base_url",
    "benchmark": "benchmark benchmark_weave",
    "celery": "celery_app celery_class_tasks celery_config celery_enable_logging celery_includes "
    "celery_parameters celery_session_app celery_session_worker celery_worker celery_worker_parameters "
    "celery_worker_pool depends_on_current_app use_celery_app_trap",
    "cov": "cov no_cover",
    "datadir": "datadir shared_datadir original_datadir lazy_datadir lazy_shared_datadir",
    "django": "admin_client admin_user async_client async_rf client db django_assert_max_num_queries "
    "django_assert_num_queries django_capture_on_commit_callbacks django_db_blocker "
    "django_db_createdb django_db_keepdb django_db_modify_db_settings django_db_reset_sequences "
    "django_db_serialized_rollback django_db_setup django_db_use_migrations django_mail_dnsname "
    "django_mail_patch_dns django_test_environment django_user_model django_username_field live_server mailoutbox "
    "rf settings transactional_db",
    "docker": "docker_cleanup docker_compose_command docker_compose_file docker_compose_project_name docker_ip "
    "docker_services docker_setup",
    "elasticsearch": "elasticsearch elasticsearch_proc",
    "faker": "faker",
    "fakefs": "fs fs_class fs_module fs_session fake_filesystem",
    "file-regression": "data_regression dataframe_regression file_regression image_regression "
    "ndarrays_regression num_regression",
    "flask": "accept_any accept_json accept_jsonp accept_mimetype",
    "freezegun": "freezer",
    "homeassistant": "hass hass_client hass_ws_client hass_storage aioclient_mock entity_registry device_registry",
    "httpbin": "httpbin httpbin_both httpbin_ca_bundle httpbin_secure",
    "httpserver": "httpserver httpserver_listen_address httpserver_ssl_context make_httpserver",
    "httpx": "httpx_mock assert_all_responses_were_requested non_mocked_hosts",
    "kafka": "kafka_server",
    "localserver": "smtpserver",
    "mock": "class_mocker mocker module_mocker package_mocker session_mocker",
    "mongo": "mongodb mongodb_noproc mongo_proc",
    "mysql": "mysql mysql_noproc mysql_proc",
    "playwright": "browser browser_channel browser_context_args browser_name browser_type "
    "browser_type_launch_args context device is_chromium is_firefox is_webkit launch_browser new_context page "
    "playwright",
    "postgresql": "postgresql postgresql_noproc postgresql_proc",
    "qt": "qapp qapp_args qapp_cls qtbot qtlog qtmodeltester",
    "rabbitmq": "rabbitmq rabbitmq_proc",
    "redis": "redisdb redis_nooproc redis_proc redis_sentinel",
    "requests-mock": "requests_mock",
    "responses": "responses",
    "respx": "respx_mock",
    "selenium": "capabilities chrome_options driver_args driver_kwargs firefox_options selenium session_capabilities",
    "snapshot": "snapshot snapshot_json",
    "socket": "socket_disabled socket_enabled",
    "structlog": "log",
    "subprocess": "fake_process fp",
    "time-machine": "time_machine",
    "tornado": "http_client http_port http_server io_loop",
    "trio": "autojump_clock mock_clock nursery",
    "vcr": "vcr vcr_cassette_dir vcr_config default_cassette_name block_network",
    "voluptuous": "S",
    "xdist": "testrun_uid worker_id",
    "xprocess": "xprocess",
}

KNOWN_FIXTURES = frozenset(name for names in _BY_PLUGIN.values() for name in names.split())
