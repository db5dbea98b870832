import { Table } from '@mantine/core';

interface HeadsProps {
  /** What each column holds, in words. */
  readonly of: readonly string[];
  /** A last column holds what can be done with the row, and needs no name. */
  readonly acts?: boolean;
}

/** The row of names over the columns of a table. */
export function Heads({ of, acts = false }: HeadsProps) {
  return (
    <Table.Thead>
      <Table.Tr>
        {of.map((name) => (
          <Table.Th key={name} scope="col">
            {name}
          </Table.Th>
        ))}
        {acts && <Table.Td />}
      </Table.Tr>
    </Table.Thead>
  );
}
