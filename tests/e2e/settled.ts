import { waitUntil } from '@siar/test-kit'
import type { Page } from 'playwright-core'

/** Nothing loads any more: no skeleton, no busy region, fonts and pictures are there. */
const AT_REST = `!document.querySelector('[aria-busy="true"]')
  && document.fonts.status === 'loaded'
  && [...document.images].every((image) => image.complete)`

/** Opens a page and waits until its heading is there and nothing on it is still loading. */
export async function openSettled(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.locator('h1, [role=dialog] h2').first().waitFor()
  await waitUntil(() => page.evaluate<boolean>(AT_REST), {
    timeoutMs: 60_000,
    everyMs: 50,
    what: `${path} to come to rest`,
  })
}

/** Two frames later and with every passing animation ended: what a change of theme or width leads to is on screen. */
const DRAWN = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const passing = document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity)
  Promise.allSettled(passing.map(({ finished }) => finished)).then(() => resolve(true))
})))`

/** Waits until the page shows what was just changed about it. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(DRAWN)
}
