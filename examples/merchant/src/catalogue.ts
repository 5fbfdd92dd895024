/** Something for sale. `price` is in Kenya shillings, as text with two decimals. */
export type Good = {
  readonly id: string
  readonly name: string
  readonly price: string
  readonly maker: string
  readonly words: string
}

/** What lies on the shelves. */
export const goods: readonly Good[] = [
  {
    id: 'kiondo',
    name: 'Kiondo basket',
    price: '1850.00',
    maker: 'Machakos',
    words: 'Sisal, dyed with bark and leaves, with leather straps. Carries a week’s market.',
  },
  {
    id: 'bowl',
    name: 'Soapstone bowl',
    price: '1200.00',
    maker: 'Tabaka, Kisii',
    words: 'Cut by hand from one block, polished with water and patience.',
  },
  {
    id: 'kikoi',
    name: 'Kikoi cloth',
    price: '950.00',
    maker: 'Lamu',
    words: 'Loom-woven cotton in the colours of the harbour. Softer with every wash.',
  },
  {
    id: 'beads',
    name: 'Bead collar',
    price: '2400.00',
    maker: 'Kajiado',
    words: 'Seven rings of glass beads, strung by a cooperative of forty women.',
  },
  {
    id: 'spoons',
    name: 'Olive-wood spoons',
    price: '480.00',
    maker: 'Wamunyu',
    words: 'A pair for serving, carved from fallen branches and rubbed with oil.',
  },
  {
    id: 'postcard',
    name: 'Linocut postcard',
    price: '10.00',
    maker: 'Nairobi',
    words: 'The smallest thing we sell. Good for trying out a payment.',
  },
]

export function goodOf(id: string | null): Good | undefined {
  return goods.find((good) => good.id === id)
}
