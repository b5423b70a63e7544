import { median, rounded } from './bench.ts'
import type { Bench, BenchArguments } from './bench.ts'
import { startServer } from './campaign-throughput/installation.ts'
import type { Server } from './campaign-throughput/installation.ts'
import { runLimit } from './campaign-throughput/limit.ts'
import { hasRedis, runRecipe } from './campaign-throughput/recipe.ts'
import { buildShop } from './campaign-throughput/shop.ts'
import type { ShopSize } from './campaign-throughput/shop.ts'
import { runSiar } from './campaign-throughput/siar.ts'

interface Load extends ShopSize {
  readonly recipeRecipients: number
  readonly batchSize: number
  readonly limitConnections: number
  readonly redisUrl: string
}

interface RunFigures {
  readonly siarPerS: number
  readonly recipePerS: number | null
  readonly recipeWithRowsPerS: number | null
  readonly limitPerS: number
  readonly rssAboveIdleMb: number
}

function readLoad(args: BenchArguments): Load {
  const recipients = args.number('recipients', 200_000)
  return {
    recipients,
    campaigns: args.number('campaigns', 50),
    senders: args.number('senders', 4),
    recipeRecipients: Math.min(recipients, args.number('recipe-recipients', 5_000)),
    batchSize: args.number('batch', 250),
    limitConnections: args.number('limit-connections', 1),
    redisUrl: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379',
  }
}

async function runOnce(server: Server, load: Load, say: (line: string) => void): Promise<RunFigures> {
  const own = await server.install()
  const shop = await buildShop(own.core, load)
  const siar = await runSiar(own, shop, load.recipients, load.batchSize)
  await own.close()
  say(`  siar    ${rounded(siar.perSecond)} messages/s, ${rounded(siar.rssAboveIdleMb)} MB above idle`)

  const bare = await server.install()
  const bareShop = await buildShop(bare.core, load)
  const { workspaceId, senderIds, runIds } = bareShop
  const limitPerS = await runLimit(bare.url, workspaceId, senderIds, runIds, load.limitConnections)
  await bare.close()
  say(`  limit   ${rounded(limitPerS)} messages/s`)

  const recipePerS = await measureRecipe(server, load, true)
  const recipeWithRowsPerS = await measureRecipe(server, load, false)
  say(`  recipe  ${recipePerS === null ? 'skipped' : `${rounded(recipePerS)} messages/s`}`)
  return {
    siarPerS: siar.perSecond,
    rssAboveIdleMb: siar.rssAboveIdleMb,
    limitPerS,
    recipePerS,
    recipeWithRowsPerS,
  }
}

async function measureRecipe(server: Server, load: Load, statesOnly: boolean): Promise<number | null> {
  if (!(await hasRedis(load.redisUrl))) return null
  const { core, url, close } = await server.install()
  await buildShop(core, load)
  const perSecond = await runRecipe(url, load.redisUrl, load.recipeRecipients, statesOnly)
  await close()
  return perSecond
}

/** Claim: a campaign goes at least 4 times as fast as one job a message, and at 40 % or more of bare batched SQL. */
export const bench: Bench = {
  claim: 'campaign-throughput',
  run: async (args) => {
    const load = readLoad(args)
    const runs = args.number('runs', 3)
    const server = await startServer()
    const found: RunFigures[] = []
    try {
      for (let run = 1; run <= runs; run += 1) {
        args.say(`run ${run} of ${runs}`)
        found.push(await runOnce(server, load, args.say))
      }
    } finally {
      await server.close()
    }
    const recipes = found.flatMap(({ recipePerS }) => recipePerS ?? [])
    const withRows = found.flatMap(({ recipeWithRowsPerS }) => recipeWithRowsPerS ?? [])
    const ratios = found.flatMap(({ siarPerS, recipePerS }) => (recipePerS ? [siarPerS / recipePerS] : []))
    return {
      load: `${load.recipients} recipients, ${load.campaigns} campaigns, ${load.senders} senders, instant simulator, fsync on`,
      runs,
      figures: {
        siarPerS: rounded(median(found.map((one) => one.siarPerS))),
        recipePerS: recipes.length > 0 ? rounded(median(recipes)) : null,
        limitPerS: rounded(median(found.map((one) => one.limitPerS))),
        ratioRecipe: ratios.length > 0 ? rounded(median(ratios), 2) : null,
        ratioLimit: rounded(median(found.map((one) => one.siarPerS / one.limitPerS)), 2),
        recipeWithRowsPerS: withRows.length > 0 ? rounded(median(withRows)) : null,
        rssAboveIdleMb: rounded(Math.max(...found.map((one) => one.rssAboveIdleMb))),
      },
      notes: [
        `the recipe is one job for each message and four updates, on ${load.recipeRecipients} of the recipients: 50 jobs at once, 20 connections; it reads no person, renders nothing and keeps no attempt, message or receipt`,
        'recipeWithRowsPerS is the same job when it reads the person and writes the rows that the limit writes, one statement each',
        `the limit uses ${load.limitConnections} connection(s), batches of 1,000, delivered and read in one update`,
        ...(recipes.length > 0
          ? []
          : ['no Redis answers: the recipe is skipped (start one, or set REDIS_URL)']),
      ],
    }
  },
}
