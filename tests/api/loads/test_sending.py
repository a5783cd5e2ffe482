"""A file that is sent is loaded as `plumline load` loads it."""

from __future__ import annotations

import io
import zipfile

from api.loads.answers import LoadJob
from loaders.load_answers import LoadedFile
from tests.api.loads.office import HOUSEHOLDS, ONE_WRONG, Office


def the_file(job: LoadJob) -> LoadedFile:
    assert job.outcome is not None
    (report,) = job.outcome.reports
    return report


def test_a_file_is_taken_in_at_once_and_says_where_its_load_is_told_of(office: Office) -> None:
    answer = office.send()
    body = answer.json()
    assert (answer.status_code, body["version"], body["file_name"]) == (202, "load-job/1", HOUSEHOLDS)
    assert answer.headers["location"] == f"/v1/loads/jobs/{body['job']}"
    assert office.ended(answer.headers["location"]).state == "done"


def test_every_row_is_accepted_or_rejected_and_the_graph_shows_the_accepted_ones(office: Office) -> None:
    job = office.ended(office.send("id,member_count\n3001,3\n3002,four\n").headers["location"])
    report = the_file(job)
    assert (report.rows.read, report.rows.accepted, report.rows.rejected) == (2, 1, 1)
    (reject,) = report.rejects
    assert (reject.line, reject.column, reject.value) == (3, "member_count", "four")
    household = office.workspace.identity.pseudonym("Household", "3001")
    assert office.client.get(f"/v1/chains/Household/{household}").status_code == 200


def test_the_rejected_rows_load_as_they_are_once_corrected(office: Office) -> None:
    report = the_file(office.load("id,member_count\n4001,3\n4002,four\n"))
    rejects = office.client.get(f"/v1/loads/{report.load_id}/rejects")
    assert rejects.headers["content-type"] == "text/csv; charset=utf-8"
    again = the_file(office.load(rejects.content.replace(b"four", b"4"), str(report.rejects_file)))
    assert (again.status, again.rows.read, again.rows.accepted) == ("loaded", 1, 1)


def test_the_reasons_in_the_rejects_file_are_in_the_language_of_who_sent_it(office: Office) -> None:
    report = the_file(office.load("id,member_count\n4101,x\n", language="zh"))
    assert "不是整数" in office.client.get(f"/v1/loads/{report.load_id}/rejects").content.decode("utf-8-sig")


def test_a_trial_enters_nothing(office: Office) -> None:
    before = office.count()
    job = office.load("id,member_count\n5001,3\n", dry_run="on")
    assert (job.state, job.is_dry_run, the_file(job).status) == ("done", True, "checked")
    assert office.count() == before


def test_the_same_file_twice_is_known(office: Office) -> None:
    office.load("id,member_count\n5101,3\n")
    again = the_file(office.load("id,member_count\n5101,3\n"))
    assert again.status == "known"
    assert again.reason is not None
    assert again.reason.code == "already_loaded"


def test_feed_and_kind_may_be_said_where_the_name_does_not_tell_them(office: Office) -> None:
    report = the_file(office.load("id,member_count\n5201,3\n", "list.csv", feed="police", kind="Household"))
    assert (report.status, report.feed) == ("loaded", "police")


def test_a_ready_mapping_reads_a_file_with_the_words_of_a_department(office: Office) -> None:
    text = "户号,户籍人数,户主姓名\n5301,3,张某\n"
    job = office.load(text, "名单.csv", mapping="police")
    report = the_file(job)
    assert report.feed == "police"
    assert report.mapping is not None
    assert report.mapping.startswith("police/")


def test_an_archive_is_told_of_file_by_file(office: Office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("police.Household.csv", "id,member_count\n5401,3\n")
        archive.writestr("place.Area.csv", "id,name,area_level\n350624102,官陂镇,town\n")
        archive.writestr("notes.txt", "nothing")
    job = office.load(packed.getvalue(), "january.zip")
    assert job.outcome is not None
    # What is referred to comes first.
    assert [report.name for report in job.outcome.reports] == [
        "january.zip/place.Area.csv",
        f"january.zip/{HOUSEHOLDS}",
    ]
    assert (job.file_count, job.rows.accepted) == (2, 2)
    assert job.outcome.unknown_files == ("january.zip/notes.txt",)


def test_an_archive_that_says_it_is_made_up_is_marked_so(office: Office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("county/police.Household.csv", "id,member_count\n5451,3\n")
        archive.writestr("county/ORIGIN.yaml", "origin: made_up\nen: Made up for tests.\nzh: 测试用虚构数据。\n")
        archive.writestr("police.Household.csv", "id,member_count\n5452,3\n")
    job = office.load(packed.getvalue(), "made-up.zip")
    assert job.outcome is not None
    marked = {report.name: report.is_made_up for report in job.outcome.reports}
    assert marked == {"made-up.zip/county/police.Household.csv": True, "made-up.zip/police.Household.csv": False}


def test_too_many_rejects_and_nothing_counts_but_the_list_of_them_can_be_fetched(office: Office) -> None:
    before = office.count()
    job = office.load("id,member_count\n5501,3\n5502,four\n", max_rejects="10%")
    report = the_file(job)
    assert (report.status, report.reason and report.reason.code) == ("refused", "too_many_rejects")
    assert office.count() == before
    rejects = office.client.get(f"/v1/loads/jobs/{job.job}/rejects/1")
    assert "5502,four,3" in rejects.content.decode("utf-8-sig")


def test_what_came_of_a_file_does_not_tell_where_the_server_keeps_it(office: Office) -> None:
    answer = office.client.get(f"/v1/loads/jobs/{office.load(ONE_WRONG, max_rejects='0').job}")
    assert str(office.workspace.settings.data) not in answer.text


def test_a_file_is_not_kept_once_it_is_loaded(office: Office) -> None:
    job = office.load("id,member_count\n5601,3\n")
    (folder,) = [folder for folder in office.spool if folder.name == job.job]
    assert not (folder / "upload").exists()
    assert folder.stat().st_mode & 0o077 == 0


def test_only_a_part_of_a_snapshot_ends_nothing(office: Office) -> None:
    header = "household_id,indicator_id,observed_on,number_value\n"
    february = [f"{number},I05,2026-02-28,1\n" for number in (1001, 1002)]
    office.load(header + "".join(february), "education.Observation.2026-02-28.csv")
    one = header + "1001,I05,2026-03-31,1\n"
    # 1002 is missing: as a part that means nothing, as a whole snapshot its dropout has ended.
    for fields, expected in (({"part": "true"}, 0), ({"ends_all": "true"}, 1)):
        report = the_file(office.load(one, "education.Observation.csv", shows="2026-03-31", dry_run="true", **fields))
        assert (report.status, sum(ended.count for ended in report.absent)) == ("checked", expected)


def test_the_job_tells_by_kind_what_the_graph_took_in(office: Office) -> None:
    # So that the loads of the tests before are not taken in with this one.
    office.wait_for_graph(office.workspace.open_ledger().version)
    job = office.ended("/v1/loads/jobs/" + office.load("id,member_count\n7001,3\n7002,4\n").job)
    assert job.outcome is not None
    graph = job.outcome.graph
    assert graph is not None
    # Two households that nobody knew; their rows name nothing that they could be related to.
    assert (graph.mode, graph.nodes, graph.removed) == ("updated", {"Household": 2}, {})
    assert graph.relationships == {}
    page = office.client.get(f"/loads/jobs/{job.job}", headers={"Accept": "text/html", "Accept-Language": "en"}).text
    assert "What the graph took in" in page


def test_a_load_of_which_nothing_counts_tells_of_no_graph(office: Office) -> None:
    job = office.ended("/v1/loads/jobs/" + office.load("id,member_count\n7003,3\n", dry_run="true").job)
    assert job.outcome is not None
    assert job.outcome.graph is None
