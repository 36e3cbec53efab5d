import { siteOptimum } from '#shared/domain/profiles/site-optimum.ts'
let seed = 7
const rnd = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648
const int = (a: number, b: number) => a + Math.floor(rnd() * (b - a + 1))
let bad = 0, n = 0, none = 0
for (let t = 0; t < 400; t++) {
  const of = Array.from({ length: int(4, 6) }, () => ({ quantity: int(1, 2), choices: [{ drawW: 0, marginUsdPerDay: 0 }, ...Array.from({ length: int(1, 2) }, () => { const w = int(100, 2000); return { drawW: w, marginUsdPerDay: (w + int(-50, 50)) / 1000 } })] }))
  const most = of.reduce((s, l) => s + l.quantity * Math.max(...l.choices.map((c) => c.drawW)), 0)
  const capW = Math.round(most * rnd())
  const floorW = Math.round(capW * [0, 0.97, 0.99, 0.999, 1][int(0, 4)]!)
  let best: number | null = null
  const ms = of.flatMap((l) => Array.from({ length: l.quantity }, () => l.choices))
  const go = (i: number, d: number, m: number): void => { if (i === ms.length) { if (d <= capW && d >= floorW && (best === null || m > best)) best = m; return } for (const c of ms[i]!) go(i + 1, d + c.drawW, m + c.marginUsdPerDay) }
  go(0, 0, 0)
  let o: any = null
  try { o = siteOptimum(of, { capW, floorW }) } catch { none++ }
  n++
  if ((best === null) !== (o === null) || (o !== null && Math.abs(o.marginUsdPerDay - best!) > 1e-9)) bad++
}
console.log({ n, bad, none })
