import { Global, Module } from '@nestjs/common';
import { ErasuresRepository } from './erasures.repository.js';
import { Erasures } from './erasures.js';
import { PersonalData } from './personal-data.js';

@Global()
@Module({ providers: [Erasures, ErasuresRepository, PersonalData], exports: [Erasures, PersonalData] })
export class PersonalDataModule {}
