import { expect, test } from 'vitest'
import { findSystemChromium, launchBrowser } from './browser.ts'
import type { BrowserSource } from './browser.ts'

async function openPage(source: BrowserSource): Promise<string> {
  const browser = await launchBrowser(source)
  try {
    const page = await browser.newPage()
    await page.setContent('<h1>Halo</h1><script>document.querySelector("h1").append(" dunia")</script>')
    return await page.innerText('h1')
  } finally {
    await browser.close()
  }
}

test('opens pages on a machine without a browser, with the Chromium that comes with the dependencies', async () => {
  expect(await openPage('package')).toBe('Halo dunia')
})

test.runIf(findSystemChromium() !== null)('opens pages with the Chromium of the machine', async () => {
  expect(await openPage('system')).toBe('Halo dunia')
})
