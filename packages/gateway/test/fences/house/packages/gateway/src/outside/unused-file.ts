// caught by: unused unused-file.ts
export const alone = 1
