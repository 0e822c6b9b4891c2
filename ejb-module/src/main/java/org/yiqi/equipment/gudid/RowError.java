package org.yiqi.equipment.gudid;

/**
 * Why a record of a file was left out.
 *
 * @param line where the record begins
 * @param key what the record calls itself; empty where it does not say
 */
public record RowError(int line, String key, String code, String message) {}
