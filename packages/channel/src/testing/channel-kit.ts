import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDirectory } from './directory-guarantees.ts'
import { testEvents } from './event-guarantees.ts'
import type { ChannelHarness } from './harness.ts'
import { testSending } from './send-guarantees.ts'

/**
 * The guarantees of the channel port, as one suite that every adapter runs against its own stand-in. Waits for events
 * in real time, up to 8 s each unless the harness says otherwise.
 *
 * @param buildHarness Called once; each test takes senders of its own from it.
 */
export function runChannelKit(name: string, buildHarness: () => Promise<ChannelHarness>): void {
  describe(`channel kit: ${name}`, () => {
    let harness: ChannelHarness
    beforeAll(async () => {
      harness = await buildHarness()
    })
    afterAll(() => harness.close())

    test('capabilities are plain data within their bounds', () => {
      const { capabilities } = harness.channel
      expect(structuredClone(capabilities)).toEqual(capabilities)
      expect(capabilities.concurrencyMax).toBeGreaterThanOrEqual(1)
      expect(capabilities.concurrencyMax).toBeLessThanOrEqual(1_000)
      for (const kind of capabilities.media) expect(capabilities.mediaBytesMax[kind]).toBeGreaterThan(0)
      expect(harness.channel.webhook !== null).toBe(capabilities.webhooks)
      if (capabilities.pairing.length === 0) expect(harness.newSender()).toBeNull()
    })

    testSending(() => harness)
    testEvents(() => harness)
    testDirectory(() => harness)
  })
}
