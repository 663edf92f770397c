"""Work orders, reports and exceptions as people see them."""

from app.core import clock, db
from app.core.db import commit
from app.production import operations, work_orders
from app.sales import progress
from app.sales.tables import SalesOrder
from tests.browse import browser_of
from tests.production import floor
from tests.sales import sample

FORM = {"Origin": "http://test"}


async def test_the_order_page_releases_to_production_and_leads_to_the_work_order(world):
    order = await sample.confirmed(world)
    async with browser_of(world.liuyang) as client:
        answer = await client.post(f"/orders/{order.number}/work-orders", headers=FORM)
        assert (answer.status_code, answer.headers["location"]) == (303, "/work-orders/WO20261208-0001")
        page = await client.get(answer.headers["location"])
    assert page.status_code == 200
    for word in ("WO20261208-0001", "冷镦", "搓牙", "包装", "5 千支", order.number):
        assert word in page.text


async def test_released_is_not_yet_planned_on_the_orders_page(world):
    work_order = await floor.released(world)
    order = await SalesOrder.objects().first()
    assert order is not None
    stages = {stage.key: stage.state for stage in (await progress.life_of(order)).stages}
    assert (stages["planned"], stages["prepared"]) == ("now", "")
    now = clock.now()
    machines = (world.headers[0].id, world.rollers[0].id, world.packers[0].id)
    plan = {
        step.id: (machine, now, now)
        for step, machine in zip(await floor.steps(work_order), machines, strict=True)
    }
    await commit(operations.plan, plan, by=world.liuyang)
    stages = {stage.key: stage.state for stage in (await progress.life_of(order)).stages}
    assert (stages["planned"], stages["prepared"], stages["produced"]) == ("done", "done", "now")


async def test_the_list_finds_by_number_and_state(world):
    work_order = await floor.released(world)
    async with browser_of(world.liuyang) as client:
        for address in (
            "/work-orders",
            "/work-orders?state=open&sort=due_date",
            "/work-orders?q=nbhl",
            "/work-orders?state=not_planned",
        ):
            assert work_order.number in (await client.get(address)).text
        assert work_order.number not in (await client.get("/work-orders?state=late")).text
        assert (await client.get("/work-orders/export.xlsx")).content[:2] == b"PK"


async def test_a_clerk_types_a_report_and_a_leader_takes_it_back(world):
    work_order = await floor.released(world)
    fields = {
        "good": "2", "good_unit": "千件", "person": str(world.jianguo.person_id), "machine": "HEAD-01", "happened_at": "2026-12-08T05:30",
        "scrap-0-reason": "crack", "scrap-0-quantity": "0.402", "scrap-0-quantity_unit": "kg",
    }  # fmt: skip
    async with browser_of(world.admin) as client:
        address = f"/work-orders/{work_order.number}/operations/10/report"
        assert (await client.get(address)).status_code == 200
        answer = await client.post(address, data=fields, headers=FORM)
        assert answer.status_code == 303
        row = await db.one("select * from operation_reports")
        assert (row["good_q"], row["scrap_q"], row["person"], row["hand_entered"]) == (
            2_000_000,
            10_000,
            world.jianguo.person_id,
            True,
        )
        assert str(row["shift_day"]) == "2026-12-07"
        page = await client.get(f"/work-orders/{work_order.number}")
        assert "王建国" in page.text and "未开工就报工" in page.text
        undone = await client.post(f"/work-orders/{work_order.number}/reports/{row['id']}/undo", headers=FORM)
        assert undone.status_code == 303
    assert (await floor.steps(work_order))[0].good_q == 0


async def test_a_report_with_mistakes_keeps_what_was_typed_and_says_what_to_do(world):
    work_order = await floor.released(world)
    async with browser_of(world.admin) as client:
        address = f"/work-orders/{work_order.number}/operations/10/report"
        answer = await client.post(
            address, data={"good": "五百", "good_unit": "件", "happened_at": "gestern"}, headers=FORM
        )
        assert answer.status_code == 422 and 'value="五百"' in answer.text
        answer = await client.post(address, data={"good": "", "good_unit": "件"}, headers=FORM)
        assert answer.status_code == 422
        answer = await client.post(
            address, data={"good": "5" * 40, "good_unit": "件", "weight": "x\x00"}, headers=FORM
        )
        assert answer.status_code == 422
    assert await db.value("select count(*) from operation_reports") == 0


async def test_scrap_without_its_reason_or_quantity_is_asked_for_in_its_row(world):
    work_order = await floor.released(world)
    fields = {
        "good": "5", "good_unit": "件", "scrap-0-reason": "crack", "scrap-0-quantity": "0.5", "scrap-0-quantity_unit": "kg",
        "scrap-1-reason": "", "scrap-1-quantity": "0.5", "scrap-1-quantity_unit": "kg",
        "scrap-2-reason": "crack", "scrap-2-quantity": "", "scrap-2-quantity_unit": "kg",
    }  # fmt: skip
    async with browser_of(world.admin) as client:
        address = f"/work-orders/{work_order.number}/operations/10/report"
        answer = await client.post(address, data=fields, headers=FORM)
        assert answer.status_code == 422 and "不在可选范围里" not in answer.text
        assert 'row bad" data-field="scrap-1-reason"' in answer.text
        assert 'row bad" data-field="scrap-2-quantity"' in answer.text
        fields |= {"scrap-1-reason": "crack", "scrap-1-quantity": "many", "scrap-2-reason": ""}
        answer = await client.post(address, data=fields, headers=FORM)
        assert answer.status_code == 422 and 'row bad" data-field="scrap-1-quantity"' in answer.text
    assert await db.value("select count(*) from operation_reports") == 0


async def test_buttons_beside_an_operation_start_pause_and_call_it_done(world):
    work_order = await floor.released(world)
    async with browser_of(world.admin) as client:
        for fact, state in (
            ("start", "running"),
            ("pause", "paused"),
            ("resume", "running"),
            ("finish", "done"),
        ):
            answer = await client.post(f"/work-orders/{work_order.number}/operations/10/{fact}", headers=FORM)
            assert answer.status_code == 303
            assert (await floor.steps(work_order))[0].state == state
        assert (
            await client.post(f"/work-orders/{work_order.number}/operations/10/explode", headers=FORM)
        ).status_code == 404


async def test_goods_are_put_into_a_bin_and_taken_back(world):
    work_order = await floor.released(world)
    await floor.through(world, work_order)
    async with browser_of(world.xiuying) as client:
        form = await client.get(f"/work-orders/{work_order.number}/receive")
        assert 'value="5000"' in form.text
        data = {
            "quantity": "5",
            "quantity_unit": "千件",
            "bin": "A-01-01",
            "weight": "200",
            "weight_unit": "kg",
        }
        answer = await client.post(f"/work-orders/{work_order.number}/receive", data=data, headers=FORM)
        assert answer.status_code == 303
        posting = await db.value("select number from stock_postings")
        back = await client.post(f"/work-orders/{work_order.number}/receipts/{posting}/reverse", headers=FORM)
        assert back.status_code == 303
        wrong = await client.post(
            f"/work-orders/{work_order.number}/receive", data={**data, "bin": "@SCRAP"}, headers=FORM
        )
        assert wrong.status_code == 422
    assert (await floor.fresh(work_order)).received_q == 0


async def test_the_traveller_is_a_pdf_that_is_kept(world):
    work_order = await floor.released(world)
    async with browser_of(world.liuyang) as client:
        answer = await client.get(f"/work-orders/{work_order.number}/traveller.pdf")
        again = await client.get(f"/work-orders/{work_order.number}/traveller.pdf")
    assert answer.content.startswith(b"%PDF") and answer.content == again.content
    assert await db.value("select count(*) from issued_documents") == 1


async def test_every_code_on_the_traveller_is_read_back_as_its_operation(world):
    import pypdfium2

    from app.scanning import codes, photos

    work_order = await floor.released(world)
    async with browser_of(world.liuyang) as client:
        pdf = (await client.get(f"/work-orders/{work_order.number}/traveller.pdf")).content
    import io

    picture = io.BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil().save(picture, "PNG")
    read = {(c.kind.value, c.id) for c in (codes.parse(text) for text in photos.codes_in(picture.getvalue()))}
    assert read == {("W", work_order.id), *(("O", s.id) for s in await floor.steps(work_order))}


async def test_exceptions_are_listed_acknowledged_and_resolved(world):
    work_order = await floor.released(world)
    await floor.report(world, work_order, 10, "100")
    async with browser_of(world.liuyang) as client:
        listed = await client.get("/production-exceptions?state=unresolved")
        number = await db.value("select number from production_exceptions")
        assert number in listed.text
        assert (await client.get(f"/production-exceptions/{number}")).status_code == 200
        assert (
            await client.post(f"/production-exceptions/{number}/acknowledge", headers=FORM)
        ).status_code == 303
        empty = await client.post(
            f"/production-exceptions/{number}/resolve", data={"note": " "}, headers=FORM
        )
        assert empty.status_code == 422
        assert (
            await client.post(
                f"/production-exceptions/{number}/resolve",
                data={"note": "补开工，已核对（班长）"},
                headers=FORM,
            )
        ).status_code == 303
        again = await client.post(f"/production-exceptions/{number}/acknowledge", headers=FORM)
        assert again.status_code == 409
    assert await floor.exceptions() == []
    assert await db.value("select solution from production_exceptions") == "补开工，已核对（班长）"


async def test_holding_and_cancelling_from_the_page(world):
    work_order = await floor.released(world)
    async with browser_of(world.liuyang) as client:
        for verb, state in (("hold", "held"), ("resume", "released"), ("cancel", "cancelled")):
            assert (
                await client.post(
                    f"/work-orders/{work_order.number}/{verb}", data={"reason": "等图"}, headers=FORM
                )
            ).status_code == 303
            assert (await floor.fresh(work_order)).state == state


async def test_a_leader_sees_the_work_of_the_teams_machines_only(world):
    from tests import make

    await floor.released(world)
    item = await make.item("PACKED")
    await make.routing(item.id, [("包装", world.packing.id, 10, 300, "pieces")])
    other = (await commit(work_orders.make, item.id, 1000, sample.DUE, by=world.liuyang)).value
    leader = await make.user("leader", "张班长", world.roles["leader"], team=world.team.id)
    async with browser_of(leader) as client:
        page = await client.get("/work-orders")
        assert "WO20261208-0001" in page.text and other.number not in page.text
        assert (await client.get(f"/work-orders/{other.number}")).status_code == 404


async def test_pages_are_closed_without_the_right(world):
    work_order = await floor.released(world)
    async with browser_of(world.nobody) as client:
        for address in (
            "/work-orders", f"/work-orders/{work_order.number}", "/production-exceptions", "/work-orders/export.xlsx",
            f"/work-orders/{work_order.number}/receive", f"/work-orders/{work_order.number}/operations/10/report",
            f"/work-orders/{work_order.number}/traveller.pdf",
        ):  # fmt: skip
            assert (await client.get(address)).status_code == 403
        assert (
            await client.post(f"/work-orders/{work_order.number}/cancel", headers=FORM)
        ).status_code == 403


async def test_a_reason_that_does_not_fit_keeps_its_dialog_open(world):
    work_order = await floor.released(world)
    async with browser_of(world.liuyang) as client:
        for verb in ("hold", "cancel"):
            answer = await client.post(
                f"/work-orders/{work_order.number}/{verb}", data={"reason": "很" * 201}
            )
            assert answer.status_code == 422 and f'<dialog class="dialog " id="{verb}" open' in answer.text
            assert "很" * 201 in answer.text and f'href="#f-{verb}"' in answer.text
    assert await db.value("select state from work_orders") == "released"
