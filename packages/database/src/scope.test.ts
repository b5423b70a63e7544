import { testDatabase } from '@siar/test-kit'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withSystem, withWorkspace, type WorkspaceScope } from './scope.ts'

const database = await testDatabase({ poolMax: 3 })

interface Probe {
  id: string
  workspace_id: string
}

const listIds = async (scope: Pick<WorkspaceScope, 'query'>) =>
  (await scope.query<Probe>('select id from probes order by id')).map(({ id }) => id)

beforeAll(async () => {
  await database.pool.query(`
    create table probes (id text primary key, workspace_id text not null, amount int not null default 0);
    select siar_isolate('probes')`)
})

beforeEach(async () => {
  await database.pool.query(`
    truncate probes;
    insert into probes (id, workspace_id) values ('a1', 'ws_a'), ('a2', 'ws_a'), ('b1', 'ws_b')`)
})

describe('statements that are started together', () => {
  test('run in their order and are undone together when one of them fails', async () => {
    const both = withWorkspace(database, 'ws_a', (scope) =>
      Promise.all([
        scope.execute("update probes set amount = amount + 1 where id = 'a1'"),
        scope.execute('select 1 / 0'),
        scope.execute("update probes set amount = amount + 1 where id = 'a2'"),
      ]),
    )
    await expect(both).rejects.toThrow('division by zero')
    const { rows } = await database.pool.query('select sum(amount)::int as amount from probes')
    expect(rows).toEqual([{ amount: 0 }])
    const [, amounts] = await withWorkspace(database, 'ws_a', (scope) =>
      Promise.all([
        scope.execute('update probes set amount = 5'),
        scope.query<{ amount: number }>('select amount from probes'),
      ]),
    )
    expect(amounts).toEqual([{ amount: 5 }, { amount: 5 }])
  })

  test('never run outside of their transaction when it cannot be opened', async () => {
    const opening = withWorkspace(
      database,
      'ws_a',
      (scope) => Promise.all([scope.execute('update probes set amount = 7'), scope.query('select 1')]),
      { isolation: 'none' as never },
    )
    await expect(opening).rejects.toThrow('syntax error')
    const { rows } = await database.pool.query('select sum(amount)::int as amount from probes')
    expect(rows).toEqual([{ amount: 0 }])
  })
})

describe('the walls of a workspace', () => {
  test('a workspace scope reads only rows of its workspace', async () => {
    expect(await withWorkspace(database, 'ws_a', listIds)).toEqual(['a1', 'a2'])
    expect(await withWorkspace(database, 'ws_b', listIds)).toEqual(['b1'])
    expect(await withWorkspace(database, 'ws_none', listIds)).toEqual([])
  })

  test('a workspace scope cannot change or add rows of another workspace', async () => {
    const changed = await withWorkspace(database, 'ws_a', (scope) =>
      scope.execute("update probes set amount = 1 where id = 'b1'"),
    )
    expect(changed).toBe(0)
    const adding = withWorkspace(database, 'ws_a', (scope) =>
      scope.execute("insert into probes (id, workspace_id) values ('b2', 'ws_b')"),
    )
    await expect(adding).rejects.toThrow('row-level security')
  })

  test('a workspace scope cannot widen itself to all workspaces', async () => {
    const seen = await withWorkspace(database, 'ws_a', async (scope) => {
      await scope.query("select set_config('siar.scope', 'system', true)")
      return listIds(scope)
    })
    expect(seen).toEqual(['a1', 'a2'])
  })

  test('nothing of a workspace scope stays on the connection', async () => {
    await withWorkspace(database, 'ws_a', listIds)
    await withWorkspace(database, 'ws_a', () => Promise.reject(new Error('undone'))).catch(() => undefined)
    const { rows } = await database.pool.query<{ role: string; scope: string; workspace: string }>(
      `select current_user <> session_user as changed, current_setting('siar.scope') as scope,
              coalesce(current_setting('siar.workspace', true), '') as workspace`,
    )
    expect(rows).toEqual([{ changed: false, scope: 'system', workspace: '' }])
    expect(await withSystem(database, listIds)).toEqual(['a1', 'a2', 'b1'])
  })

  test('refuses a workspace id that could carry SQL', async () => {
    await expect(withWorkspace(database, "ws_a'; drop table probes; --", listIds)).rejects.toThrow(TypeError)
  })
})

describe('the transaction of a scope', () => {
  test('keeps nothing when the callback throws', async () => {
    const failing = withWorkspace(database, 'ws_a', async (scope) => {
      await scope.execute("delete from probes where id = 'a1'")
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await withSystem(database, listIds)).toContain('a1')
  })

  test('never reports success when a swallowed failure undid everything', async () => {
    const swallowing = withSystem(database, async (scope) => {
      await scope.execute("update probes set amount = 7 where id = 'a1'")
      await scope.query('select 1 / 0').catch(() => undefined)
    })
    await expect(swallowing).rejects.toThrow('undone at its end')
  })

  test('undoes only the failed part inside a savepoint', async () => {
    await withSystem(database, async (scope) => {
      await scope.execute("delete from probes where id = 'a1'")
      await scope.savepoint(() => scope.query('select 1 / 0')).catch(() => undefined)
      await scope.execute("delete from probes where id = 'b1'")
    })
    expect(await withSystem(database, listIds)).toEqual(['a2'])
  })

  test('runs statements that were started together one after the other', async () => {
    const answers = await withSystem(database, (scope) =>
      Promise.all([1, 2, 3].map((n) => scope.query<{ n: number }>('select $1::int as n', [n]))),
    )
    expect(answers.flat()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  test('refuses a scope inside a scope, and frees the connection', async () => {
    const nested = () => withSystem(database, () => withWorkspace(database, 'ws_a', listIds))
    for (let round = 0; round < 5; round++) await expect(nested()).rejects.toThrow('inside a scope')
    expect(database.pool.idleCount).toBe(database.pool.totalCount)
  })

  test('lets work that outlives a scope open its own', async () => {
    let release = () => undefined as void
    const gate = new Promise<void>((resolve) => (release = resolve))
    const later = await withSystem(database, async () => ({
      result: gate.then(() => withSystem(database, listIds)),
    }))
    release()
    expect(await later.result).toHaveLength(3)
  })

  test('holds its own time limits, which end with it', async () => {
    const slow = withSystem(database, (scope) => scope.query('select pg_sleep(20)'), {
      timeouts: { statementMs: 20 },
    })
    await expect(slow).rejects.toThrow('statement timeout')
    const { rows } = await database.pool.query("select current_setting('statement_timeout') as limit")
    expect(rows).toEqual([{ limit: '30s' }])
  })

  test('drizzle reads through the same walls', async () => {
    const probes = pgTable('probes', { id: text('id').primaryKey(), amount: integer('amount').notNull() })
    const rows = await withWorkspace(database, 'ws_b', (scope) => scope.db.select().from(probes))
    expect(rows).toEqual([{ id: 'b1', amount: 0 }])
  })

  test('refuses statements after the end', async () => {
    const kept = await withSystem(database, async (scope) => ({ scope }))
    await expect(kept.scope.query('select 1')).rejects.toThrow('over')
    await expect(kept.scope.db.execute('select 1')).rejects.toThrow()
  })

  test('gives bigint as a number and refuses what a number cannot hold', async () => {
    await withSystem(database, async (scope) => {
      expect(await scope.query('select count(*) as n from probes')).toEqual([{ n: 3 }])
      await expect(scope.query('select 9007199254740993::int8 as n')).rejects.toThrow(RangeError)
    })
  })
})
