import { testDatabase } from '@siar/test-kit'
import { withSystem } from '@siar/database'
import { expect, test } from 'vitest'
import { getInstallationId } from './index.ts'

const database = await testDatabase()

test('every process of an installation, also of those that start at once, has the same id', async () => {
  const ask = (fresh: string) => withSystem(database, (scope) => getInstallationId(scope, fresh))
  const ids = new Set(await Promise.all(['a', 'b', 'c', 'd'].map(ask)))
  expect(ids.size).toBe(1)
  expect(await ask('e')).toBe([...ids][0])
})
