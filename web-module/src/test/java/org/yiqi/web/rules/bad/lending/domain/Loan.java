package org.yiqi.web.rules.bad.lending.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An entity that a service shows to the world. */
@Entity
public class Loan {
    @Id
    long id;
}
