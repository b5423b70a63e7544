import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { buildActor, createTestCore } from '../../testing/test-core.ts'
import { createPricesService } from './prices.service.ts'
import { readTariff } from './tariff.ts'

const core = createTestCore(await testDatabase())
const prices = createPricesService(core)
const admin = buildActor(core)
const germany = { country: 'DE', category: 'marketing' as const, effectiveFrom: '2026-01-01' }

test('an installation begins with prices for Indonesia and an exchange rate', async () => {
  const list = await prices.list()
  expect(list.prices).toContainEqual({
    country: 'ID',
    category: 'marketing',
    effectiveFrom: '2025-07-01',
    usdMicros: 41_600,
  })
  expect(list.rates).toEqual([{ effectiveFrom: '2025-07-01', idrPerUsd: 16_300 }])
})

test('a price is added, changed for the same day, and removed once; every change is in the audit log', async () => {
  await prices.put(admin, { ...germany, usdMicros: 100_000 })
  await prices.put(admin, { ...germany, usdMicros: 136_500 })
  const { prices: lines } = await prices.list()
  expect(lines.filter(({ country }) => country === 'DE')).toEqual([{ ...germany, usdMicros: 136_500 }])
  await prices.remove(admin, germany)
  await expect(prices.remove(admin, germany)).rejects.toMatchObject({ code: 'not_found' })
  expect(core.audits.map(({ action }) => action)).toEqual(['price.put', 'price.put', 'price.remove'])
})

test('amounts follow the rate of their day, for workspaces too', async () => {
  await prices.putRate(admin, { effectiveFrom: '2026-07-01', idrPerUsd: 17_000 })
  const tariff = await core.inSystem(readTariff)
  expect(tariff.moneyOn('2026-06-30', 1_000_000)).toEqual({ idrMinor: 16_300, usdMinor: 100 })
  expect(tariff.moneyOn('2026-07-01', 1_000_000)).toEqual({ idrMinor: 17_000, usdMinor: 100 })
  expect(tariff.microsOn('2026-07-01', { amountMinor: 17_000, currency: 'IDR' })).toBe(1_000_000)
  expect(tariff.microsOn('2026-07-01', { amountMinor: 100, currency: 'USD' })).toBe(1_000_000)
})

test('a rate is removed once, the one before it counts again, and the last one stays', async () => {
  const [first] = (await prices.list()).rates.toReversed()
  const [later, unknown] = [{ effectiveFrom: '2027-01-01' }, { effectiveFrom: '2027-02-01' }]
  await prices.putRate(admin, { ...later, idrPerUsd: 18_000 })
  const before = (await core.inSystem(readTariff)).moneyOn('2026-12-31', 1_000_000)
  await prices.removeRate(admin, later)
  expect((await core.inSystem(readTariff)).moneyOn('2027-01-01', 1_000_000)).toEqual(before)
  await expect(prices.removeRate(admin, unknown)).rejects.toMatchObject({ code: 'not_found' })
  for (const { effectiveFrom } of (await prices.list()).rates.slice(0, -1)) {
    await prices.removeRate(admin, { effectiveFrom })
  }
  await expect(prices.removeRate(admin, { effectiveFrom: first?.effectiveFrom ?? '' })).rejects.toMatchObject(
    {
      code: 'exchange_rate_last',
    },
  )
  expect((await prices.list()).rates).toEqual([first])
  expect(core.audits.at(-1)).toMatchObject({ action: 'exchange_rate.remove' })
})

test('two that remove the last two rates at the same time leave one', async () => {
  const [one] = (await prices.list()).rates
  const other = { effectiveFrom: '2028-01-01' }
  await prices.putRate(admin, { ...other, idrPerUsd: 18_000 })
  const outcomes = await Promise.allSettled([
    prices.removeRate(admin, { effectiveFrom: one?.effectiveFrom ?? '' }),
    prices.removeRate(admin, other),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect((await prices.list()).rates).toHaveLength(1)
})
