package org.yiqi.shared.evidence;

/** Salt and content of an exhibit were destroyed: in the same transaction its owner destroys what the exhibit stood for. */
public record ExhibitErased(EvidenceOf of) {}
