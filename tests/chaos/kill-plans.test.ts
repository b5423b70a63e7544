import { expect, test } from 'vitest'
import { KilledPoints, KillPlans } from './kill-plans.ts'

function build() {
  const killed = new KilledPoints()
  let drawn = 0
  const random = (): number => (drawn = (drawn + 0.37) % 1)
  return { killed, plans: new KillPlans(killed, random) }
}

test('kills at every known point before it kills at any a second time', () => {
  const { killed, plans } = build()
  plans.learn({ a: 3, b: 1, c: 200 })
  for (let turn = 0; turn < 3; turn += 1) killed.add(plans.next()?.point ?? '')
  expect(['a', 'b', 'c'].map((point) => killed.kills(point))).toEqual([1, 1, 1])
})

test('never waits for more crossings than were ever seen, and only for the first after it waited in vain', () => {
  const { killed, plans } = build()
  plans.learn({ a: 3 })
  for (let turn = 0; turn < 20; turn += 1) expect([1, 2, 3]).toContain(plans.next()?.nth)
  killed.miss('a')
  for (let turn = 0; turn < 5; turn += 1) expect(plans.next()).toEqual({ point: 'a', nth: 1 })
})

test('has no plan while it knows no point', () => {
  expect(build().plans.next()).toBeNull()
})
