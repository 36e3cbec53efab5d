import { builtinModules } from 'node:module'
import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/**
 * Walls between the folders. Each file lies in one room and each room has one list, because a later list for
 * the same file replaces an earlier one. Patterns are regular expressions: in the gitignore-like groups of the
 * rule, a pattern that begins with # is a comment.
 */
function room(files, forbidden) {
  return {
    files,
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: forbidden }],
      // the rule above does not see import('…')
      'no-restricted-syntax': [
        'error',
        ...forbidden.map(({ regex, message }) => ({
          selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`,
          message,
        })),
      ],
    },
  }
}

/** A folder at the top, by its import name or by a relative path that leads into it. */
const into = (folder) => `^(?:#|(?:\\.\\./)+)${folder}/`

const node = {
  regex: `^(?:node:|(?:${builtinModules.join('|')})(?:/|$))`,
  message: 'shared/ and renderer/ are free of Node.',
}
const electronApi = {
  regex: '^electron(?:/|$)',
  message: 'Only electron/main and the preload touch Electron.',
}
const database = { regex: '^better-sqlite3(?:/|$)', message: 'Only electron/store opens the database.' }
const view = {
  regex: '^(?:react|react-dom|zustand|chart\\.js|@base-ui|@tanstack)(?:/|$)',
  message: 'View code stands in renderer/.',
}
const rendererCode = { regex: into('renderer'), message: 'Only renderer/ knows what is on screen.' }
const electronCode = {
  regex: into('electron'),
  message: 'shared/ and renderer/ do not import the main process.',
}
const repositoryCode = {
  regex: into('(?:tools|test)'),
  message: 'The product does not import what tests and builds it.',
}

/** The page checks nothing, so the schema library must not come to it. Types are free. */
const schemaLibrary = { regex: '^zod(?:/|$)', message: 'Schemas stand in shared/ipc/schemas and electron/.' }
const schemas = {
  regex: '^(?:#shared/|(?:\\.\\./)+(?:shared/)?|\\./)(?:ipc/)?schemas/',
  message:
    'What the page loads takes types alone from the schemas: their values bring the schema library along.',
  allowTypeImports: true,
}

/** What holds or passes over columns of a whole fleet; its types may be named. */
const fleetColumns = {
  regex:
    '^(?:#|(?:\\.\\./)+)shared/domain/(?:fleet/(?:packed|columns|sorted-index)|margins/(?:fleet-margins|totals|strike-line)|decision/(?:picture|decision-totals))\\.ts$',
  allowTypeImports: true,
  message: 'The fleet’s columns stay in renderer/engine: the page’s thread asks for what is on screen.',
}

/** The floors of electron/ and the floors that each may enter; files/ is the lowest. */
const FLOORS = {
  main: ['security', 'services', 'sources', 'store', 'files', 'cli', 'threads'],
  cli: ['services', 'sources', 'store', 'files', 'threads'],
  services: ['sources', 'store', 'files', 'threads'],
  sources: ['security'],
  // what a network file may hold is limited by the sanity of what sources give
  store: ['files', 'sources'],
  files: ['sources'],
  threads: [],
  security: [],
  preload: [],
}

function floor(name) {
  const closed = Object.keys(FLOORS).filter((other) => other !== name && !FLOORS[name].includes(other))
  return room(
    [`electron/${name}/**/*.ts`],
    [
      ...(name === 'main' || name === 'preload' ? [] : [electronApi]),
      ...(name === 'store' ? [] : [database]),
      view,
      rendererCode,
      repositoryCode,
      {
        regex: `^(?:#electron/|(?:\\.\\./)+(?:electron/)?)(?:${closed.join('|')})/`,
        message: `electron/${name} enters ${FLOORS[name].join(', ') || 'no other folder of electron/'}.`,
      },
    ],
  )
}

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test/fixtures/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
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
  room(
    ['shared/domain/**/*.ts'],
    [
      { regex: '^(?!\\.{1,2}/|#shared/domain/)', message: 'shared/domain imports nothing but itself.' },
      {
        regex: '^(?:\\.\\./)+(?:ipc|format|electron|renderer|assets|tools|test)/',
        message: 'shared/domain imports nothing but itself.',
      },
    ],
  ),
  room(
    ['shared/ipc/schemas/**/*.ts'],
    [node, electronApi, database, view, rendererCode, electronCode, repositoryCode],
  ),
  room(
    ['shared/ipc/*.ts', 'shared/format/**/*.ts', 'shared/report/**/*.ts'],
    [node, electronApi, database, view, rendererCode, electronCode, repositoryCode, schemaLibrary, schemas],
  ),
  room(
    ['renderer/**/*.{ts,tsx}'],
    [node, electronApi, database, electronCode, repositoryCode, schemaLibrary, schemas, fleetColumns],
  ),
  room(
    ['renderer/{engine,print}/**/*.{ts,tsx}'],
    [node, electronApi, database, electronCode, repositoryCode, schemaLibrary, schemas],
  ),
  // The thread of the pages is one of Node: it has its port from there, and nothing else.
  room(
    ['renderer/print/worker.ts'],
    [electronApi, database, electronCode, repositoryCode, schemaLibrary, schemas],
  ),
  ...Object.keys(FLOORS).map(floor),
)
