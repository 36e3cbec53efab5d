/** A figure of the report, its unit, and how it is computed, in plain words. */
export type Formula = { readonly figure: string; readonly unit: string; readonly words: string }

/** Every figure that a report prints. The same formulas stand with their symbols in docs/model.md, decision.md, projection.md and returns.md. */
export const FORMULAS: readonly Formula[] = [
  {
    figure: 'Hashprice',
    unit: 'USD per PH/s and day',
    words:
      '(subsidy + fees per block) × 86 400 × 10¹⁵ / (difficulty × 2³²) × BTC price. The subsidy is 50 BTC, halved at every 210 000 blocks. A typed hashprice takes its place.',
  },
  {
    figure: 'Paid hashrate',
    unit: 'PH/s',
    words: 'machines × TH/s / 1 000 × uptime × (1 − pool fee) × (1 − host’s share)',
  },
  { figure: 'Mined', unit: 'BTC a day', words: 'paid hashrate × hashprice / BTC price' },
  { figure: 'Revenue', unit: 'USD a day', words: 'paid hashrate × hashprice' },
  {
    figure: 'Energy used',
    unit: 'kWh a day',
    words:
      'machines × 24 / 1 000 × (1 + overhead) × (W × uptime + standby W × (1 − uptime)). In hours that a programme sheds a machine stands by.',
  },
  {
    figure: 'Energy, hosting',
    unit: 'USD a day',
    words:
      'energy used × (price of energy + other cost per kWh). Under a contract the price is what a kWh costs the site on average as it runs, demand charge and tiers included.',
  },
  {
    figure: 'Cash margin',
    unit: 'USD a day',
    words: 'revenue − energy and hosting: all that stops with the machine',
  },
  {
    figure: 'All-in',
    unit: 'USD a day',
    words:
      'cash margin − site cost. Site cost is fixed cost of every machine, idle ones too, + energy that machines draw that are off, + flat fees of hosts + committed energy: K × (its price − what handing back brings), because using it is in the energy at what handing back brings. Of one lot it is without fees and committed energy, which are of its site.',
  },
  {
    figure: 'Break-even hashprice',
    unit: 'USD per PH/s and day',
    words: 'energy and hosting / paid hashrate',
  },
  {
    figure: 'Break-even power price',
    unit: 'USD per kWh',
    words: 'revenue / energy used − other cost per kWh',
  },
  {
    figure: 'Break-even BTC price and difficulty',
    unit: 'USD, –',
    words: 'BTC price × break-even hashprice / hashprice; difficulty × hashprice / break-even hashprice',
  },
  { figure: 'Headroom', unit: '%', words: 'hashprice / break-even hashprice − 1' },
  {
    figure: 'At the meter',
    unit: 'kW, MW',
    words: 'machines × (1 + overhead) × W, of machines that are off × standby W. Uptime is not in it.',
  },
  { figure: 'Efficiency', unit: 'J/TH', words: 'sum of W / sum of TH/s' },
  {
    figure: 'Next adjustment',
    unit: '%',
    words:
      '1 209 600 s / expected time of the epoch’s 2 015 intervals − 1. The time is what has passed and what the remaining blocks are expected to take, at a pace between the one that the last adjustment promised and the one of the blocks seen. Eight of ten adjustments should lie in the 80 % range.',
  },
  {
    figure: 'Hashprice after it',
    unit: 'USD per PH/s and day',
    words: 'hashprice / (1 + change of difficulty), at the same BTC price and fees',
  },
  {
    figure: 'Worth of an advice',
    unit: 'USD',
    words:
      'cash over the horizon as advised − cash doing as now throughout. Of each time: hours × (hashprice × paid hashrate / 24 − kW × price of energy and other cost), standby in the hours off, − cost of each restart.',
  },
  {
    figure: 'Cash cost of one BTC, step by step',
    unit: 'USD per BTC',
    words:
      '(energy − demand-response credits + grid and hosting + sites) / BTC mined; full cost with general cost and depreciation. Energy has committed energy as above, grid and hosting flat fees; sites are fixed cost and standby of machines that are off. Depreciation is (cost − salvage) / life in days.',
  },
  {
    figure: 'Cost of one BTC: that stops, all-in',
    unit: 'USD per BTC',
    words:
      'energy and hosting of what runs / BTC mined; all-in with site cost. All-in less demand-response credits is the cash cost of the steps above.',
  },
  {
    figure: 'Cost of power',
    unit: 'USD per kWh',
    words: '(energy, committed energy too, − demand-response credits) / energy used',
  },
  {
    figure: 'Price of the next kWh (λ)',
    unit: 'USD per kWh',
    words: 'what one more kWh costs a site now; at a cap, what it would be worth',
  },
  {
    figure: 'Projection',
    unit: '–',
    words:
      'Network hashrate today = difficulty × (1 + expected change) × 2³² / 600, then along its path. An epoch ends when that hashrate has done 2 016 blocks at its difficulty; the change is 1 209 600 s / time of 2 015 intervals − 1, from −75 % to +300 %. Price and subsidy of an epoch are means.',
  },
  {
    figure: 'Treasury',
    unit: 'USD',
    words:
      'Sold on the day: sum of BTC mined × price of the epoch − cost. Held: cash + (BTC at the end − BTC at the start) × stated price.',
  },
  {
    figure: 'Net present value',
    unit: 'USD',
    words:
      '− cost + sum of cash of an epoch / (1 + rate)^(day of its end / 365.25) + salvage / (1 + rate)^(life / 365.25). The internal rate is the one at which it is 0; payback is the day on which the cash adds up to the cost.',
  },
]

/** How figures are rounded on the pages. */
export const ROUNDING: readonly string[] = [
  'Nothing is rounded before it is printed; CSV and JSON are not rounded. The same figure may stand with more digits in a table than in a sentence.',
  'Columns of money, power and machines add up as printed: what rounding leaves over goes to the lines with the largest remainder, so that no figure is a whole step from its value.',
  'Costs of one BTC and break-even hashprices are rounded up, break-even power prices down: each to its safe side. A step of the cost per BTC is the difference between two printed sums.',
  'An en dash stands for what is not known; it is never counted as 0.',
]
