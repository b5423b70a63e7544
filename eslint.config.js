import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { noVagueFileName } from './tools/eslint/no-vague-file-name.js'

/** Folders whose text goes to a terminal by design. */
const TERMINAL = ['apps/*/src/cli/**', 'apps/*/bin/**', 'bench/**', 'tools/**', 'tests/chaos/**']

/** The only places that may read the environment; everything else receives values. */
const ENVIRONMENT = [
  'apps/*/src/config.ts',
  'apps/*/bin/**',
  'packages/test-kit/**',
  'tools/**',
  'tests/**',
  'bench/**',
  '**/*.test.ts',
  '**/*.config.ts',
]

/** Files that are data, not code: length says nothing about them. */
const DATA = ['**/generated/**', 'apps/web/src/i18n/**', 'packages/database/migrations/**']

const TESTS = [
  '**/*.test.{ts,tsx}',
  '**/*.fixtures.ts',
  '**/src/testing/**',
  'tests/**',
  'packages/test-kit/**',
]

const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: one word for one thing, everywhere.',
}

const NO_ENUM = {
  selector: 'TSEnumDeclaration',
  message: 'Use a union of literals or an `as const` table; enums cannot be type-stripped.',
}

const lengthLimits = (perFile, perFunction) => ({
  'max-lines': ['error', { max: perFile, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: perFunction, skipBlankLines: true, skipComments: true }],
})

export default defineConfig(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/coverage/**',
      'data/**',
      'tmp/**',
      'docs/**',
      'tests/guards/architecture-fixture/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { siar: { rules: { 'no-vague-file-name': noVagueFileName } } },
    rules: {
      'siar/no-vague-file-name': 'error',
      'no-undef': 'off', // the type checker knows better
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config.ts reads the environment; pass values.' },
      ],
      'no-restricted-imports': ['error', { paths: [{ name: 'node:process', importNames: ['env'] }] }],
      'no-restricted-syntax': ['error', NO_ENUM, NO_DEFAULT_EXPORT],
      'max-depth': ['error', 4],
      complexity: ['error', { max: 15, variant: 'modified' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/require-await': 'off', // ports and handlers promise before they need to
      '@typescript-eslint/no-redundant-type-constituents': 'off', // `keyof T & string` is meant
      '@typescript-eslint/unbound-method': 'off', // services are plain records of functions
      ...lengthLimits(500, 100),
    },
  },
  {
    files: ['**/*.tsx'],
    rules: {
      ...lengthLimits(500, 150),
      complexity: ['error', { max: 20, variant: 'modified' }],
      '@typescript-eslint/only-throw-error': 'off', // the router redirects by throwing
    },
  },
  { files: TERMINAL, rules: { 'no-console': 'off' } },
  { files: ENVIRONMENT, rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' } },
  {
    files: TESTS,
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off', // JSON bodies and matchers are `any` by their types
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: DATA, rules: { 'max-lines': 'off' } },
  { files: ['**/*.config.{js,ts}'], rules: { 'no-restricted-syntax': ['error', NO_ENUM] } },
  {
    // Outside every tsconfig: linted without types.
    files: ['**/*.{js,mjs,cjs}', '**/*.config.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
)
