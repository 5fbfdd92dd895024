export const statement = 'select number from invoices'
