import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** One sentence per wall: what a folder may not import, and why the message says so. */
function mayNotImport(files, groups, ignores = []) {
  return {
    files,
    ignores,
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: groups }] },
  }
}

const nodeBuiltins = { group: ['node:*'], message: 'shared/ and renderer/ are free of Node.' }
const electronApi = { group: ['electron', 'electron/*'], message: 'Only electron/main and the preload touch Electron.' }
const rendererCode = { group: ['#renderer/*', '**/renderer/**'], message: 'The main process does not import the renderer.' }
const electronCode = { group: ['#electron/*', '**/electron/**'], message: 'This folder does not import the main process.' }
const toolsCode = { group: ['#tools/*', '**/tools/**'], message: 'The product does not import the repository’s tools.' }
const react = { group: ['react', 'react-dom', 'react/*', 'react-dom/*', 'zustand', 'chart.js'], message: 'No view code here.' }
const database = { group: ['better-sqlite3'], message: 'Only electron/db opens the database.' }

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test/fixtures/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Columns are read by index inside their own length; `!` says so at no cost.
      '@typescript-eslint/no-non-null-assertion': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['tools/**', 'test/bench/**'], rules: { 'no-console': 'off' } },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    languageOptions: { globals: globals.browser },
    rules: reactHooks.configs.recommended.rules,
  },
  mayNotImport(
    ['shared/domain/**/*.ts'],
    [
      nodeBuiltins,
      electronApi,
      rendererCode,
      electronCode,
      toolsCode,
      react,
      database,
      { group: ['#shared/contract/*', '#shared/format/*', '#assets/*', 'zod', 'csv-parse'], message: 'shared/domain imports nothing but itself.' },
    ],
  ),
  mayNotImport(
    ['shared/contract/**/*.ts', 'shared/format/**/*.ts'],
    [nodeBuiltins, electronApi, rendererCode, electronCode, toolsCode, react, database],
  ),
  mayNotImport(['renderer/**/*.{ts,tsx}'], [nodeBuiltins, electronApi, electronCode, toolsCode, database]),
  mayNotImport(
    ['electron/**/*.ts'],
    [electronApi, rendererCode, toolsCode, react, database],
    ['electron/main/**', 'electron/preload/**', 'electron/db/**'],
  ),
  mayNotImport(['electron/db/**/*.ts'], [
    electronApi,
    rendererCode,
    toolsCode,
    react,
    { group: ['#electron/main/*', '#electron/services/*', '#electron/network/*', '#electron/cli/*'], message: 'The database knows nothing above it.' },
  ]),
  mayNotImport(['electron/network/**/*.ts'], [
    electronApi,
    rendererCode,
    toolsCode,
    react,
    database,
    { group: ['#electron/main/*', '#electron/services/*', '#electron/db/*', '#electron/cli/*'], message: 'A provider knows nothing of services or the database.' },
  ]),
  mayNotImport(['electron/services/**/*.ts'], [
    electronApi,
    rendererCode,
    toolsCode,
    react,
    database,
    { group: ['#electron/main/*', '#electron/cli/*'], message: 'Services are plain Node: ports come in as arguments.' },
  ]),
  mayNotImport(['electron/main/**/*.ts', 'electron/preload/**/*.ts'], [rendererCode, toolsCode, react, database]),
)
