import ts from 'typescript'

/** One small fault that can be planted: the text from `start` to `end` becomes `replacement`. */
export type Mutant = {
  readonly file: string
  /** of the place, from 1 */
  readonly line: number
  readonly operator: string
  readonly start: number
  readonly end: number
  readonly original: string
  readonly replacement: string
}

const SWAPPED: Readonly<Partial<Record<ts.SyntaxKind, readonly [operator: string, to: string]>>> = {
  [ts.SyntaxKind.LessThanToken]: ['boundary', '<='],
  [ts.SyntaxKind.LessThanEqualsToken]: ['boundary', '<'],
  [ts.SyntaxKind.GreaterThanToken]: ['boundary', '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['boundary', '>'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['equality', '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['equality', '==='],
  [ts.SyntaxKind.PlusToken]: ['arithmetic', '-'],
  [ts.SyntaxKind.MinusToken]: ['arithmetic', '+'],
  [ts.SyntaxKind.AsteriskToken]: ['arithmetic', '/'],
  [ts.SyntaxKind.SlashToken]: ['arithmetic', '*'],
  [ts.SyntaxKind.PlusEqualsToken]: ['arithmetic', '-='],
  [ts.SyntaxKind.MinusEqualsToken]: ['arithmetic', '+='],
  [ts.SyntaxKind.AmpersandAmpersandToken]: ['logic', '||'],
  [ts.SyntaxKind.BarBarToken]: ['logic', '&&'],
}
const MATH: Readonly<Record<string, string>> = { min: 'max', max: 'min', floor: 'ceil', ceil: 'floor' }

/** Every fault that can be planted in a file, in the order of the text. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Mutant[] = []
  const plant = (operator: string, node: ts.Node, replacement: string): void => {
    const start = node.getStart(source)
    const line = source.getLineAndCharacterOfPosition(start).line + 1
    found.push({ file, line, operator, start, end: node.end, original: node.getText(source), replacement })
  }
  const textOf = (node: ts.Node): string => node.getText(source)

  const look = (node: ts.Node): void => {
    // Types, imports and what an enum of strings is made of do nothing when the program runs.
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isTypeAliasDeclaration(node)) return
    if (ts.isBinaryExpression(node)) {
      const swapped = SWAPPED[node.operatorToken.kind]
      if (swapped !== undefined && !joinsText(node)) plant(swapped[0], node.operatorToken, swapped[1])
      if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
        plant('default dropped', node, `(${textOf(node.left)})`)
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression
      const other = MATH[name.text]
      if (textOf(expression) === 'Math' && other !== undefined) plant('Math', name, other)
    } else if (ts.isNumericLiteral(node)) {
      plant('constant', node, node.text === '0' ? '1' : `(${textOf(node)} + 1)`)
      if (node.text !== '0' && node.text !== '1') plant('constant', node, `(${textOf(node)} - 1)`)
    } else if (node.kind === ts.SyntaxKind.TrueKeyword) plant('truth', node, 'false')
    else if (node.kind === ts.SyntaxKind.FalseKeyword) plant('truth', node, 'true')
    else if (ts.isPrefixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.ExclamationToken)
        plant('negation dropped', node, `(${textOf(node.operand)})`)
      if (node.operator === ts.SyntaxKind.MinusToken && !ts.isNumericLiteral(node.operand))
        plant('sign dropped', node, `(${textOf(node.operand)})`)
    } else if (ts.isIfStatement(node)) {
      if (node.elseStatement === undefined && endsEarly(node.thenStatement))
        plant('early end dropped', node.expression, 'false')
      plant('condition negated', node.expression, `!(${textOf(node.expression)})`)
    } else if (ts.isConditionalExpression(node))
      plant('condition negated', node.condition, `!(${textOf(node.condition)})`)
    else if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression))
      plant('call dropped', node.expression, 'undefined')
    ts.forEachChild(node, look)
  }
  look(source)
  return found.sort((a, b) => a.start - b.start || (a.operator < b.operator ? -1 : 1))
}

/** `+` between texts: minus would give NaN, which any test of the words sees. */
function joinsText({ left, right, operatorToken }: ts.BinaryExpression): boolean {
  const isText = (node: ts.Expression): boolean =>
    ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
  return operatorToken.kind === ts.SyntaxKind.PlusToken && (isText(left) || isText(right))
}

function endsEarly(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isContinueStatement(last))
  )
}

/** `count` of the mutants, each kind as likely as the others; the same ones for the same seed and the same code. */
export function chosen(mutants: readonly Mutant[], seed: number, count: number): readonly Mutant[] {
  const random = mulberry32(seed)
  const kinds = [...new Set(mutants.map(({ operator }) => operator))].map((kind) =>
    mutants.filter(({ operator }) => operator === kind),
  )
  const taken: Mutant[] = []
  while (taken.length < count && kinds.length > 0) {
    const at = Math.floor(random() * kinds.length)
    const kind = kinds[at]!
    taken.push(...kind.splice(Math.floor(random() * kind.length), 1))
    if (kind.length === 0) kinds.splice(at, 1)
  }
  return taken
}

/** Tommy Ettinger's mulberry32: numbers in [0, 1) that a seed settles. */
function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
