import { checkouts } from '../ground/orders.ts'
import { ceiling, load, type Rig, type Run } from '../rig.ts'
import { median } from '../statistics.ts'
import { perSecond, type Row } from '../table.ts'

/** New bills as a merchant's server posts them, each answered with the address of its page. */
export async function measureCheckouts(rig: Rig): Promise<readonly Row[]> {
  const rounds: { readonly gateway: Run; readonly bare: Run }[] = []
  for (let round = 0; round <= rig.size.rounds; round += 1) {
    rig.say(round === 0 ? 'Warming up…' : `Checkouts, round ${round} of ${rig.size.rounds}…`)
    const sent = checkouts(rig.size.checkouts, rig.town, String(round))
    const gateway = await load(rig, rig.gateway, sent, { text: '"invoice_link"' })
    const bare = await ceiling(rig, sent, gateway.bodyBytes)
    if (round > 0) rounds.push({ gateway, bare })
  }
  const ratios = rounds.map(({ gateway, bare }) => gateway.rate / bare.rate)
  const rate = median(rounds.map(({ gateway }) => gateway.rate))
  const bareRate = median(rounds.map(({ bare }) => bare.rate))
  return [
    {
      what: 'checkouts created, HTTP',
      measured: perSecond(rate),
      baseline: `${perSecond(bareRate)} bare node:http`,
      ratio: rate / bareRate,
      spread: [Math.min(...ratios), Math.max(...ratios)],
      p50Ms: median(rounds.map(({ gateway }) => gateway.p50Ms)),
      p99Ms: median(rounds.map(({ gateway }) => gateway.p99Ms)),
    },
    {
      what: 'the bare server itself',
      measured: perSecond(bareRate),
      baseline: 'the ceiling of machine and generator',
      ratio: 1,
      p50Ms: median(rounds.map(({ bare }) => bare.p50Ms)),
      p99Ms: median(rounds.map(({ bare }) => bare.p99Ms)),
    },
  ]
}
