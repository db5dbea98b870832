import { Button, type ButtonProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface LinkButtonProps extends ButtonProps {
  /** Under /console. */
  readonly to: string;
  readonly children: ReactNode;
  readonly 'data-print'?: 'leave';
}

/** A way to another view that looks like a button. */
export const LinkButton = ({ to, ...rest }: LinkButtonProps) => <Button {...rest} renderRoot={(props) => <Link to={to} {...props} />} />;
