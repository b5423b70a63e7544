'use strict'

/**
 * The directions of ARCHITECTURE.md, each as one rule named as a developer reads it in a failing check.
 * `tools/arch-check.ts` proves that every rule here fires on its own seeded violation.
 */

const TEST_FILES = ['\\.(test|fixtures)\\.tsx?$', '/src/testing/']
const pkg = (name) => `^packages/${name}/`
const workspace = '^(packages|apps)/'
const feature = '^apps/server/src/features/'
const adapters = ['^packages/channel-[^/]+/', '^packages/simulator[^/]*/']

/** A rule over product code; tests are exempt, because they may look behind any door. */
const rule = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { ...from, pathNot: [...TEST_FILES, ...(from.pathNot ?? [])] },
  to,
})

const everywhere = [
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one file, or miss a third.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolved-import',
    comment: 'An import this check cannot follow is an import no rule can judge.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  rule(
    'test-kit-only-from-tests',
    'Factories and harnesses never ship.',
    { path: workspace, pathNot: [pkg('test-kit')] },
    { path: pkg('test-kit') },
  ),
  rule(
    'product-never-imports-tests',
    'Tests, benchmarks and tools look at the product, never the other way.',
    { path: workspace },
    { path: ['^(tests|bench|tools)/', ...TEST_FILES] },
  ),
]

const packages = [
  rule(
    'domain-is-pure',
    'No I/O, no clock, no database: only itself, phone numbers and calendar arithmetic.',
    { path: pkg('domain') },
    { pathNot: [pkg('domain'), 'node_modules/(@types/)?(@noble/hashes|libphonenumber-js|luxon)/'] },
  ),
  rule(
    'contract-imports-domain-and-zod-only',
    'The contract is read by the browser, the server and gateway nodes alike.',
    { path: pkg('contract') },
    { pathNot: [pkg('contract'), pkg('domain'), 'node_modules/zod/'] },
  ),
  rule(
    'database-imports-domain-only',
    'Tables know the words of the domain and nothing that uses them.',
    { path: pkg('database') },
    { path: workspace, pathNot: [pkg('database'), pkg('domain')] },
  ),
  rule(
    'port-imports-domain-only',
    'The channel port must not know an adapter.',
    { path: pkg('channel') },
    { path: workspace, pathNot: [pkg('channel'), pkg('domain')] },
  ),
  rule(
    'adapter-imports-port-only',
    'Adapters never see each other, the database or an app.',
    { path: '^packages/channel-([^/]+)/' },
    { path: workspace, pathNot: ['^packages/channel-$1/', pkg('channel'), pkg('domain')] },
  ),
  rule(
    'simulator-imports-port-only',
    'The simulated network stands in for WhatsApp: it knows the port, not the product.',
    { path: '^packages/simulator[^/]*/' },
    { path: workspace, pathNot: ['^packages/simulator[^/]*/', pkg('channel'), pkg('domain')] },
  ),
  rule(
    'simulator-core-stands-alone',
    'The simulator never pulls in its linked-device server, whose licence differs.',
    { path: pkg('simulator') },
    { path: '^packages/simulator-[^/]+/' },
  ),
  rule(
    'gateway-host-imports-contract-and-port-only',
    'A gateway node is handed its channels; it holds no product data.',
    { path: pkg('gateway-host') },
    { path: workspace, pathNot: [pkg('gateway-host'), pkg('contract'), pkg('domain'), pkg('channel')] },
  ),
  rule(
    'packages-never-import-apps',
    'Apps are built from packages.',
    { path: '^packages/' },
    { path: '^apps/' },
  ),
]

const apps = [
  rule(
    'no-app-to-app',
    'What two apps share is a package.',
    { path: '^apps/([^/]+)/' },
    { path: '^apps/', pathNot: ['^apps/$1/'] },
  ),
  rule(
    'web-sees-contract-only',
    'The dashboard is one more client of the API.',
    { path: '^apps/web/' },
    { path: workspace, pathNot: ['^apps/web/', pkg('contract'), pkg('domain')] },
  ),
  rule(
    'web-runs-in-a-browser',
    'Nothing of Node.js reaches the bundle.',
    { path: '^apps/web/src/' },
    { dependencyTypes: ['core'] },
  ),
  rule(
    'adapters-only-from-wiring',
    'One place per app chooses the channels; everything else holds the port.',
    { path: '^apps/', pathNot: ['^apps/[^/]+/src/wiring/'] },
    { path: adapters },
  ),
  rule(
    'server-hosts-no-gateway',
    'The server speaks to gateway nodes through channel-gateway.',
    { path: '^apps/server/' },
    { path: pkg('gateway-host') },
  ),
  rule(
    'gateway-apps-hold-no-data',
    'Programs outside the server reach data through the API.',
    { path: '^apps/(gateway-node|desktop)/' },
    { path: pkg('database') },
  ),
]

const server = [
  rule(
    'feature-public-door',
    'Another feature is reached through its index.ts only.',
    { path: '^apps/server/src/features/([^/]+)/' },
    {
      path: feature,
      pathNot: ['^apps/server/src/features/$1/', '^apps/server/src/features/[^/]+/index\\.ts$'],
    },
  ),
  rule(
    'only-repo-imports-database',
    'SQL lives in *.repo.ts; what holds connections or scopes is built in wiring, cli, http, jobs and events. Elsewhere types only.',
    {
      path: '^apps/server/src/',
      pathNot: ['\\.repo\\.ts$', '^apps/server/src/(wiring|cli|http|jobs|events)/'],
    },
    {
      path: [pkg('database'), 'node_modules/(@types/)?(pg|drizzle-orm)/'],
      dependencyTypesNot: ['type-only'],
    },
  ),
  rule(
    'outer-layer-imports-no-database',
    'Routes, policies and presenters do not even know the types of the database.',
    { path: `${feature}.*\\.(routes|policy|present)\\.ts$` },
    { path: [pkg('database'), 'node_modules/(@types/)?(pg|drizzle-orm)/'] },
  ),
  rule(
    'service-never-imports-http',
    'A use case runs the same from a request, a job or the command line.',
    { path: '\\.(service|repo|policy)\\.ts$' },
    { path: ['\\.routes\\.ts$', '^apps/server/src/http/', 'node_modules/(fastify|@fastify)/'] },
  ),
  rule(
    'features-receive-their-configuration',
    'A testable file is handed values; only their types come from config.ts.',
    { path: feature },
    { path: '^apps/server/src/config\\.ts$', dependencyTypesNot: ['type-only'] },
  ),
]

module.exports = {
  forbidden: [...everywhere, ...packages, ...apps, ...server],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '^tests/guards/architecture-fixture/', '\\.(css|svg|png|woff2?)$'] },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
