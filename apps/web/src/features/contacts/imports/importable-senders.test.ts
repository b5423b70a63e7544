import { expect, test } from 'vitest'
import { importableSenders } from './importable-senders.ts'

test('only numbers that were linked and know people are offered, also while they are offline', () => {
  const linked = { channel: 'linked_device', pairedAt: '2026-11-01T00:00:00Z' } as const
  const never = { channel: 'linked_device', pairedAt: null } as const
  const official = { channel: 'cloud_api', pairedAt: '2026-11-01T00:00:00Z' } as const
  expect(importableSenders([linked, never, official])).toEqual([linked])
})
