import { SenderSettings } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { describe, expect, test } from 'vitest'
import { limitsSchema, toLimits, toSettings } from './limits-schema.ts'

const settings = SenderSettings.parse({
  delayMsMin: 1500,
  delayMsMax: 4000,
  simulator: { standsFor: 'cloud_api', failures: { refused: 0.07, notSent: 0, unknown: 0.005 } },
})
const sender = { name: 'Toko Senja', numberSince: null, settings } as Sender
const schema = limitsSchema({ delayOrder: 'delay', latencyOrder: 'latency', failuresSum: 'sum' })

describe('limits of a sender', () => {
  test('saving without a change keeps every setting as it was', () => {
    expect(toSettings(toLimits(sender), { ...sender, channel: 'simulator' })).toEqual(settings)
  })

  test('other channels get no settings of the simulator', () => {
    expect(toSettings(toLimits(sender), { ...sender, channel: 'linked_device' })).not.toHaveProperty(
      'simulator',
    )
  })

  test('an official number keeps its access and gets the messages a second within 1 to 1,000', () => {
    const cloud_api = { phoneNumberId: '100000001', wabaId: '500000001', linkPreview: false }
    const official = {
      ...sender,
      channel: 'cloud_api',
      settings: SenderSettings.parse({ cloud_api }),
    } as Sender
    const limits = toLimits(official)
    expect(limits.messagesPerSecond).toBe(80)
    const saved = toSettings({ ...limits, messagesPerSecond: 1_000 }, official)
    expect(saved.cloud_api).toMatchObject({ ...cloud_api, messagesPerSecond: 1_000 })
    for (const messagesPerSecond of [0, 1_001, 2.5, NaN]) {
      const result = schema.safeParse({ ...limits, messagesPerSecond })
      expect(result.error?.issues).toMatchObject([{ path: ['messagesPerSecond'] }])
    }
  })

  test('a shortest pause above the longest is refused beside its field', () => {
    const result = schema.safeParse({ ...toLimits(sender), delaySMin: 5, delaySMax: 4 })
    expect(result.error?.issues).toMatchObject([{ path: ['delaySMin'], message: 'delay' }])
  })

  test('failures of more than all calls are refused', () => {
    const result = schema.safeParse({ ...toLimits(sender), refusedPercent: 60, unknownPercent: 41 })
    expect(result.error?.issues).toMatchObject([{ path: ['refusedPercent'], message: 'sum' }])
  })
})
