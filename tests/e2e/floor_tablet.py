"""A tablet at the machines and a hand-held scanner, as a person uses them: for stories that need one."""

from playwright.async_api import BrowserContext, Page, expect


class Device:
    """A browser page of an enrolled device. Scans arrive as a wedge scanner's keys."""

    path = "/"

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base

    @classmethod
    async def open(cls, context: BrowserContext, base: str, hurried: bool = False) -> "Device":
        """`hurried`: its clock goes as any, and jumps when told to."""
        device = cls(await context.new_page(), base)
        if hurried:
            await device.page.clock.install()
        await device.page.goto(base + cls.path)
        await device.page.wait_for_selector("[data-act=chip]")
        return device

    async def enrol(self, code: str) -> None:
        """Make this browser a device with the code that an administrator was given."""
        await self.page.goto(f"{self.base}/enrol#{code}")
        await self.page.click("[data-act=enrol]")
        await self.page.wait_for_selector('a[href="/floor"]')

    async def scan(self, code: str) -> None:
        await self.page.keyboard.type(code)
        await self.page.keyboard.press("Enter")

    async def tap(self, words: str) -> None:
        await self.page.get_by_role("button", name=words).first.click()

    async def type_number(self, number: str) -> None:
        """Type on the number pad that is open and confirm."""
        for character in number:
            await self.page.click(f'.keys [data-value="{character}"]')
        await self.page.click(".pad-foot [data-act=done]")

    async def is_controlled(self) -> None:
        """Wait until the service worker serves this page."""
        await self.page.evaluate("""async () => {
          while (!navigator.serviceWorker.controller) await new Promise((later) => setTimeout(later, 50));
        }""")

    async def made(self, actions: int) -> None:
        """Wait until so many actions stand on this device's disk, sent or not; half a minute, and it is an error."""
        await self.page.evaluate(
            """async (actions) => {
              const { device } = await import("/pwa/offline/device.js");
              const until = performance.now() + 30_000;
              while (device.actions.length < actions) {
                if (performance.now() > until) throw new Error(`${device.actions.length} of ${actions} actions`);
                await new Promise((later) => setTimeout(later, 20));
              }
            }""",
            actions,
        )

    async def wait_out(self, seconds: int) -> None:
        """Let so many seconds pass at once on a device that was opened with `hurried`."""
        await self.page.clock.fast_forward(seconds * 1000)

    async def all_sent(self) -> None:
        await expect(self.page.locator("[data-act=chip]")).to_have_text("已同步", timeout=20_000)


class FloorTablet(Device):
    path = "/floor"

    async def report_pieces(self, pieces: int) -> None:
        """Report good pieces on the open job, which counts pieces."""
        await self.page.click("[data-act=pieces]")
        await self.type_number(str(pieces))
        await self.page.click("[data-act=report]")

    async def report_weight(self, gross: str, tare: str) -> None:
        """Report a basket by gross and tare in kg on the open job, which weighs."""
        await self.page.locator("[data-act=gross]").first.click()
        await self.type_number(gross)
        await self.page.click("[data-act=tare]")
        await self.type_number(tare)
        await self.page.click("[data-act=report]")


class ScanDevice(Device):
    path = "/scan"
