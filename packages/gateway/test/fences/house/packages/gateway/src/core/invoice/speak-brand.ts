export const pesaflowInvoice = 1
