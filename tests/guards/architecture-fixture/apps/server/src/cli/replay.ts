// violates: product-never-imports-tests
export { journey } from '../../../../tests/journey.ts'
